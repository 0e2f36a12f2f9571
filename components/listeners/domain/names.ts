import type { DomainArgs, DomainZoneArgs } from "../../args";

/** All names of a domain, each once. */
export const namesOf = ({ name, alternativeNames = [] }: DomainArgs): string[] => [
  ...new Set([name, ...alternativeNames]),
];

/** ACM validates a name and its wildcard with the same record. */
export const withoutWildcard = (name: string) => name.replace(/^\*\./, "");

/** Whether a zone contains a name, which may start with a wildcard. */
export function liesIn(host: string, zone: string): boolean {
  const parent = zone.toLowerCase().replace(/\.$/, "");
  const name = withoutWildcard(host);
  return name === parent || name.endsWith(`.${parent}`);
}

/** The key of `zones` that a name belongs to: the longest that contains it. */
export function zoneKeyOf(zones: object, host: string): string | undefined {
  return Object.keys(zones)
    .filter((domain) => liesIn(host, domain))
    .sort((one, other) => other.length - one.length)
    .at(0);
}

/** The hosted zones in which the records of a name are created. */
export function zonesOf({ zones = {}, ...domain }: DomainArgs, host: string): DomainZoneArgs {
  const key = zoneKeyOf(zones, host);
  const { zoneId, validationZoneId = zoneId } = key === undefined ? domain : zones[key];
  return { zoneId, validationZoneId };
}
