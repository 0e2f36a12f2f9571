import { Failure } from "./resourceType";
import { Properties, Value } from "./values";

/** What says who calls AWS, or only how: nothing of it matters here. */
const IGNORED = /^(version|profile|accessKey|secretKey|token|skip[A-Z]\w*)$/;

/** The faults of the provider's configuration: a setting that would do something on AWS is never ignored. */
export function configurationFaults(config: Properties, playedRegion: string): Failure[] {
  return Object.entries(config).flatMap(([property, value]) => {
    if (property === "region") {
      return value === playedRegion ? [] : [regionFault(value, playedRegion)];
    }
    return IGNORED.test(property) ? [] : [{ property, reason: notPlayed(property) }];
  });
}

function regionFault(value: Value | undefined, playedRegion: string): Failure {
  const reason = `the local cloud plays the region ${playedRegion} only, got ${typeof value === "string" ? value : "none"}`;
  return { property: "region", reason };
}

function notPlayed(property: string): string {
  return `the local cloud does not play the setting ${property} of the aws provider`;
}
