import { strings } from "../shared/guards";

/** The name of an Availability Zone or a Local Zone. The first group of the expression is the region. */
export const REGION_OF_ZONE = /^([a-z]{2,}(?:-[a-z]+)+-\d+)(?:-[a-z]+-\d+)?[a-z]$/;

/** The regions of the zones, each once. */
export function regionsOf(availabilityZones: unknown): string[] {
  const regions = strings(availabilityZones)
    .map((name) => REGION_OF_ZONE.exec(name)?.[1])
    .filter((region) => region !== undefined);
  return [...new Set(regions)];
}
