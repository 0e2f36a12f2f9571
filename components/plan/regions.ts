import { strings } from "../shared/guards";

/**
 * The name of an Availability Zone, a Local Zone or a Wavelength Zone. The first group of the expression is the
 * region.
 */
export const REGION_OF_ZONE =
  /^([a-z]{2,}(?:-[a-z]+)+-\d+)(?:[a-z]|-[a-z]+-\d+[a-z]|-wl\d+-[a-z]+-wlz-\d+)$/;

/** Whether a load balancer in this zone needs a second zone, which one in a Local or Wavelength Zone does not. */
export const needsSecondZone = (zone: string) => /^[a-z]{2,}(?:-[a-z]+)+-\d+[a-z]$/.test(zone);

/** The regions of the zones, each once. */
export function regionsOf(availabilityZones: unknown): string[] {
  const regions = strings(availabilityZones)
    .map((name) => REGION_OF_ZONE.exec(name)?.[1])
    .filter((region) => region !== undefined);
  return [...new Set(regions)];
}
