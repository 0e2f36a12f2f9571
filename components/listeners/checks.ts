import { ProtocolVersion } from "../args";
import { closest } from "fastest-levenshtein";
import { HTTPS_PORT, isEncrypted } from "../plan/https";
import * as checks from "../checks";
import { SSL_POLICIES } from "../plan/sslPolicies";
import { domain, oneDefault } from "./domain/checks";
import { mutualAuthentication } from "./mutualAuthenticationChecks";
import { responseHeaders, strictTransport } from "./responseHeaderChecks";
import { regionsOf } from "../plan/regions";

/** What clients speak to; certificates belong to the region of the zones. */
export function listenersChecks(availabilityZones: unknown): Record<string, checks.Check> {
  const [region] = regionsOf(availabilityZones);
  const certificate = checks.inRegion(certificateArn, CERTIFICATES, region);
  return {
    port: checks.port,
    certificateArn: certificate,
    additionalCertificateArns: checks.plain(
      checks.dictionary(certificate, "certificates", (key, at) => {
        if (key.trim() === "") at.state("must have a key that is not empty; the key names it");
      }),
      "its keys name the additions; only the ARNs in it may be outputs",
    ),
    httpsOnly: checks.plain(checks.flag(), "it decides which listeners there are"),
    sslPolicy,
    mutualAuthentication: mutualAuthentication(region),
    domain,
    responseHeaders,
  };
}

const CERTIFICATE =
  /^arn:aws[a-z-]*:(?:acm:([a-z0-9-]+):\d{12}:certificate\/.+|iam::\d{12}:server-certificate\/.+)$/;

const CERTIFICATES = { what: "a certificate", arn: CERTIFICATE, obtain: "request or import it" };

const certificateArn = checks.text(
  "the ARN of a certificate in ACM or IAM",
  (value) => CERTIFICATE.test(value),
  'copy it from the certificate, "arn:aws:acm:<region>:<account>:certificate/<id>"',
);

const sslPolicy: checks.Check = {
  visit(value, at) {
    if (typeof value !== "string") {
      at.report("must be the name of a security policy", value, `write "${SSL_POLICIES[0]}"`);
    } else if (!SSL_POLICIES.includes(value)) {
      const must = "must be a security policy that AWS has for application load balancers";
      at.report(must, value, `did you mean ${closest(value, [...SSL_POLICIES])}?`);
    }
    return value;
  },
};

const KEYS_OF_HTTPS = [
  "additionalCertificateArns",
  "httpsOnly",
  "sslPolicy",
  "mutualAuthentication",
];

/** What goes with an HTTPS listener only. */
const needsCertificate: checks.Relation = {
  of: [],
  judge(args, at) {
    if (isEncrypted(args)) return;
    for (const key of KEYS_OF_HTTPS) {
      if (args[key] === undefined || args[key] === false) continue;
      at.key(key).state("goes with HTTPS; pass a certificateArn or a domain too, or leave it out");
    }
  },
};

const noHttpPort: checks.Relation = {
  of: [],
  judge({ httpsOnly, port }, at) {
    if (httpsOnly !== true || port === undefined) return;
    at.key("port").refuse(
      "is that of the HTTP listener, which httpsOnly omits; leave one of them out",
    );
  },
};

/** A certificate that is added under two names would be lost when one of them is removed. */
const addedOnce: checks.Relation = {
  of: [],
  judge({ certificateArn, additionalCertificateArns }, at) {
    const known = new Map([[certificateArn, at.key("certificateArn").path]]);
    for (const [key, arn] of checks.entriesOf(additionalCertificateArns)) {
      if (typeof arn !== "string") continue;
      const here = at.key("additionalCertificateArns").key(key);
      const first = known.get(arn);
      if (first === undefined) known.set(arn, here.path);
      else here.refuse(`is the same certificate as ${first}; leave one of them out`);
    }
  },
};

const oneRegion: checks.Relation = {
  of: [],
  judge({ availabilityZones }, at) {
    const regions = regionsOf(availabilityZones);
    if (regions.length < 2) return;
    at.key("availabilityZones").state(
      `must lie in one region, got zones of ${regions.join(" and ")}; make a group in each region`,
    );
  },
};

const httpsPort: checks.Relation = {
  of: [],
  judge(args, at) {
    if (!isEncrypted(args) || args.port !== HTTPS_PORT) return;
    at.key("port").refuse(
      `can't be ${HTTPS_PORT} with a certificate, since HTTPS listens there; leave it out to redirect from 80`,
    );
  },
};

const encrypted: checks.Relation = {
  of: [],
  judge({ targetGroup, targetGroups, ...args }, at) {
    if (isEncrypted(args)) return;
    const further = checks
      .entriesOf(targetGroups)
      .map(([key, group]) => [group, at.key("targetGroups").key(key)] as const);
    for (const [settings, place] of [[targetGroup, at.key("targetGroup")] as const, ...further]) {
      const version = checks.valueAt(settings, "protocolVersion");
      if (version !== ProtocolVersion.HTTP2 && version !== ProtocolVersion.GRPC) continue;
      place
        .key("protocolVersion")
        .state(
          `can be ${version} behind an HTTPS listener only; pass a certificateArn or a domain`,
        );
    }
  },
};

export const listenersRelations = [
  httpsPort,
  encrypted,
  needsCertificate,
  oneDefault,
  noHttpPort,
  addedOnce,
  oneRegion,
  strictTransport,
];
