import { KeyAlgorithm, type DomainArgs, type DomainZoneArgs } from "../../args";
import * as checks from "../../checks";
import { zoneKeyOf } from "./names";

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const HOST = new RegExp(`^(?:${LABEL}\\.)+${LABEL}$`);
/** A private hosted zone may have a name without a dot. */
const ZONE = new RegExp(`^(?:${LABEL}\\.)*${LABEL}$`);

/** The first name of a certificate is its common name, which has this limit. */
const MAX_COMMON_NAME_LENGTH = 64;
const MAX_LENGTH = 253;

/** The highest quota of ACM is 100 names for a certificate; the default is 10. */
const MAX_ALTERNATIVE_NAMES = 99;

const isHost = (value: string) => value.length <= MAX_LENGTH && HOST.test(value);

const alternativeName = checks.text(
  'a domain name in lower case with at least one dot, which may start with "*."',
  (value) => isHost(value.replace(/^\*\./, "")),
  'write it like "example.com" or "*.example.com", without protocol and port',
);

const hostedZone = checks.text(
  "the ID of a hosted zone in Route 53",
  (value) => /^Z[A-Z0-9]+$/.test(value),
  'copy the ID of the hosted zone, such as "Z0123456789ABCDEFGHIJ", without "/hostedzone/"',
);

const ZONES = { zoneId: hostedZone, validationZoneId: hostedZone };
const OTHER_NAMES = { hostedZoneId: "write zoneId instead", hostedZone: "write zoneId instead" };

const zones = checks.named(
  checks.object<DomainZoneArgs>(ZONES, { otherNames: OTHER_NAMES }),
  "hosted zones",
  "the IDs",
  (domain, at) => {
    if (domain.length <= MAX_LENGTH && ZONE.test(domain)) return;
    at.reportText(
      "format",
      'has a key that is not a domain name in lower case; use the name of the hosted zone, such as "example.org"',
    );
  },
);

/** No record is created in a hosted zone without a name. */
const usedZones: checks.Relation = {
  properties: [],
  check({ name, alternativeNames, zones: given, ...others }, at) {
    if (typeof name !== "string" || !checks.isRecord(given)) return;
    const hosts = [name, ...checks.strings(alternativeNames)];
    const used = new Set(hosts.map((host) => zoneKeyOf(given, host)));
    for (const key of Object.keys(given)) {
      if (used.has(key)) continue;
      at.key("zones")
        .key(key)
        .reportRemoval(
          "unused",
          "is not used: no name in domain.name and domain.alternativeNames is in this zone, or all such " +
            "names are in the zone of a longer key of domain.zones; remove it, or add a name to domain.alternativeNames " +
            "for which this is the longest key",
        );
    }
    if (used.has(undefined)) return;
    for (const key of Object.keys(ZONES)) {
      if (others[key] === undefined) continue;
      at.key(key).reportRemoval(
        "unused",
        "is not used, because all names are in domain.zones; remove it",
      );
    }
  },
};

/** The check of the domain names. */
export const domain = checks.object<DomainArgs>(
  {
    name: checks.plain(
      checks.text(
        `a domain name in lower case with at least one dot, of at most ${MAX_COMMON_NAME_LENGTH} characters`,
        (value) => value.length <= MAX_COMMON_NAME_LENGTH && isHost(value),
        'write it like "www.example.com"; put wildcards and longer names into alternativeNames',
      ),
      checks.namesResources,
    ),
    ...ZONES,
    alternativeNames: checks.plain(
      checks.list(
        checks.plain(alternativeName, checks.namesResources),
        "domain names",
        0,
        MAX_ALTERNATIVE_NAMES,
      ),
      checks.namesResources,
    ),
    zones,
    keyAlgorithms: checks.plain(
      checks.list(
        checks.plain(checks.choice(KeyAlgorithm), checks.namesResources),
        "key algorithms",
        1,
        Object.keys(KeyAlgorithm).length,
      ),
      "it decides which certificates are requested",
    ),
  },
  {
    required: ["name"],
    otherNames: { domainName: "write name instead", ...OTHER_NAMES },
    relations: [
      {
        properties: [],
        check({ name, alternativeNames }, at) {
          const index = Array.isArray(alternativeNames) ? alternativeNames.indexOf(name) : -1;
          if (index < 0) return;
          at.key("alternativeNames")
            .index(index)
            .reportRemoval("repeated", "is the same as domain.name; remove it");
        },
      },
      usedZones,
    ],
  },
);

/** Only a new certificate is validated, and has a key of a chosen algorithm. */
export const noRequestedCertificate: checks.Relation = {
  properties: [],
  check({ domain: given, certificateArn }, at) {
    if (certificateArn === undefined) return;
    const domainPath = at.key("domain");
    const zonePaths = checks
      .entriesOf(checks.valueAt(given, "zones"))
      .map(([key, zone]) => [zone, domainPath.key("zones").key(key)] as const);
    for (const [holder, path] of [[given, domainPath] as const, ...zonePaths]) {
      for (const key of ["validationZoneId", "keyAlgorithms"]) {
        if (checks.valueAt(holder, key) === undefined) continue;
        path
          .key(key)
          .reportRemoval(
            "conflict",
            "can't be combined with certificateArn, because no certificate is requested then; remove one of them",
          );
      }
    }
  },
};
