import { ProtocolVersion } from "../args";
import { closest } from "fastest-levenshtein";
import { HTTPS_PORT, isEncrypted } from "../plan/https";
import * as checks from "../checks";
import { groupsWithPaths } from "../plan/targetGroups";
import { DEFAULT_SSL_POLICY, SSL_POLICIES } from "../plan/securityPolicies";
import { domain, noValidation } from "./domain/checks";
import { mutualAuthentication } from "./mutualAuthenticationChecks";
import { responseHeaders, strictTransport } from "./responseHeaderChecks";
import { regionsOf } from "../plan/regions";

/** The checks of the listeners. Certificates must be in the region of the zones. */
export function listenersChecks(availabilityZones: unknown) {
  const [region] = regionsOf(availabilityZones);
  return {
    port: checks.port,
    certificateArn: certificate(region),
    additionalCertificateArns: checks.named(certificate(region), "certificates", "the ARNs"),
    httpsOnly: checks.plain(checks.flag(), "it decides which listeners are created"),
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
  'copy the ARN of the certificate, "arn:aws:acm:<region>:<account>:certificate/<id>"',
);

/** The check of a certificate's ARN, which must be in the load balancer's region. */
export const certificate = (region: string | undefined) =>
  checks.inRegion(certificateArn, CERTIFICATES, region);

/** AWS adds policies, so an unknown one is only warned of. */
const SSL_POLICY = /^ELBSecurityPolicy-[A-Za-z0-9-]+$/;

const sslPolicy: checks.Check = {
  accepts: { kind: "choice", values: SSL_POLICIES },
  visit(value, at) {
    if (typeof value !== "string") {
      const write = DEFAULT_SSL_POLICY;
      const must = "must be the name of a security policy";
      at.report("type", must, value, `write "${write}", or remove it to use this default`, {
        write,
      });
    } else if (!SSL_POLICY.test(value)) {
      const must = "must be an AWS security policy for Application Load Balancers";
      const write = closest(value, [...SSL_POLICIES]);
      at.report("choice", must, value, `did you mean ${write}?`, { write });
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

/** Some arguments need an HTTPS listener. */
const needsCertificate: checks.Relation = {
  properties: [],
  check(args, at) {
    if (isEncrypted(args)) return;
    for (const key of KEYS_OF_HTTPS) {
      if (args[key] === undefined || args[key] === false) continue;
      at.key(key).reportRemoval(
        "conflict",
        `needs HTTPS; set certificateArn or domain, or remove ${key}`,
      );
    }
  },
};

const noHttpPort: checks.Relation = {
  properties: [],
  check({ httpsOnly, port }, at) {
    if (httpsOnly !== true || port === undefined) return;
    at.key("port").reportRemoval(
      "conflict",
      "can't be combined with httpsOnly, because there is no HTTP listener then; remove one of them",
    );
  },
};

/** If a certificate were added twice, removing one of the two would remove it from the listener. */
export const addedOnce = (list: string): checks.Relation => ({
  properties: [],
  check({ certificateArn, [list]: further }, at) {
    const known = new Map([[certificateArn, at.key("certificateArn").path]]);
    for (const [key, arn] of checks.entriesOf(further)) {
      if (typeof arn !== "string") continue;
      const here = at.key(list).key(key);
      const first = known.get(arn);
      if (first === undefined) known.set(arn, here.path);
      else
        here.reportRemoval("repeated", `is the same certificate as ${first}; remove one of them`);
    }
  },
});

const zonesInOneRegion: checks.Relation = {
  properties: [],
  check({ availabilityZones }, at) {
    const regions = regionsOf(availabilityZones);
    if (regions.length < 2) return;
    at.key("availabilityZones").reportText(
      "region",
      `must be in one region, got zones of ${regions.join(" and ")}; create a group in each region`,
    );
  },
};

const httpsPort: checks.Relation = {
  properties: [],
  check(args, at) {
    if (!isEncrypted(args) || args.httpsOnly === true || args.port !== HTTPS_PORT) return;
    at.key("port").reportRemoval(
      "conflict",
      `is the port of the HTTP listener and can't be ${HTTPS_PORT}, which the HTTPS listener uses; remove it to ` +
        "redirect from port 80; to have no HTTP listener, remove it and set httpsOnly to true",
    );
  },
};

const protocolVersionNeedsHttps: checks.Relation = {
  properties: [],
  check(args, at) {
    if (isEncrypted(args)) return;
    for (const [settings, argument] of groupsWithPaths(args, at)) {
      const version = checks.valueAt(settings, "protocolVersion");
      if (version !== ProtocolVersion.HTTP2 && version !== ProtocolVersion.GRPC) continue;
      argument
        .key("protocolVersion")
        .reportText(
          "conflict",
          `can be ${version} only with an HTTPS listener; set certificateArn or domain, or remove protocolVersion`,
        );
    }
  },
};

export const listenersRelations = [
  httpsPort,
  protocolVersionNeedsHttps,
  needsCertificate,
  noValidation,
  noHttpPort,
  addedOnce("additionalCertificateArns"),
  zonesInOneRegion,
  strictTransport,
];
