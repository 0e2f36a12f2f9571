import type { DomainArgs } from "../../args";
import * as checks from "../../checks";

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const HOST = new RegExp(`^(?:${LABEL}\\.)+${LABEL}$`);

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
    zoneId: checks.text(
      "the ID of a hosted zone in Route 53",
      (value) => /^Z[A-Z0-9]+$/.test(value),
      'copy the ID of the hosted zone, such as "Z0123456789ABCDEFGHIJ", without "/hostedzone/"',
    ),
    alternativeNames: checks.plain(
      checks.list(
        checks.plain(alternativeName, checks.namesResources),
        "domain names",
        0,
        MAX_ALTERNATIVE_NAMES,
      ),
      checks.namesResources,
    ),
  },
  {
    required: ["name", "zoneId"],
    otherNames: {
      domainName: "write name instead",
      hostedZoneId: "write zoneId instead",
      hostedZone: "write zoneId instead",
    },
    missing: {
      zoneId:
        "use the ID of the domain's hosted zone in Route 53; if its DNS is not in Route 53, request the " +
        "certificate in ACM yourself and use certificateArn instead of domain",
    },
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
    ],
  },
);
