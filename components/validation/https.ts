import { closest } from "fastest-levenshtein";
import { isEncrypted } from "../encryption";
import * as rules from "../rules";
import { SSL_POLICIES } from "../sslPolicies";
import { domain, oneDefault } from "./domain";
import { mutualAuthentication } from "./mutualAuthentication";
import { inRegion, regionsOf } from "./regions";
import { responseHeaders, strictTransport } from "./responseHeaders";

/** How clients are served by HTTPS; certificates belong to the region of the zones. */
export function httpsRules(availabilityZones: unknown): Record<string, rules.Rule> {
  const [region] = regionsOf(availabilityZones);
  const certificate = inRegion(certificateArn, CERTIFICATES, region);
  return {
    certificateArn: certificate,
    additionalCertificateArns: rules.plain(
      rules.dictionary(certificate, "certificates", (key, at) => {
        if (key.trim() === "") at.state("must have a key that is not empty; the key names it");
      }),
      "its keys name the additions; only the ARNs in it may be outputs",
    ),
    httpsOnly: rules.plain(rules.flag(), "it decides which listeners there are"),
    sslPolicy,
    mutualAuthentication: mutualAuthentication(region),
    domain,
    responseHeaders,
  };
}

const CERTIFICATE =
  /^arn:aws[a-z-]*:(?:acm:([a-z0-9-]+):\d{12}:certificate\/.+|iam::\d{12}:server-certificate\/.+)$/;

const CERTIFICATES = { what: "a certificate", arn: CERTIFICATE, obtain: "request or import it" };

const certificateArn = rules.text(
  "the ARN of a certificate in ACM or IAM",
  (value) => CERTIFICATE.test(value),
  'copy it from the certificate, "arn:aws:acm:<region>:<account>:certificate/<id>"',
);

const sslPolicy: rules.Rule = {
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
const needsCertificate: rules.Relation = {
  of: [],
  judge(args, at) {
    if (isEncrypted(args)) return;
    for (const key of KEYS_OF_HTTPS) {
      if (args[key] === undefined || args[key] === false) continue;
      at.key(key).state("goes with HTTPS; pass a certificateArn or a domain too, or leave it out");
    }
  },
};

const noHttpPort: rules.Relation = {
  of: [],
  judge({ httpsOnly, port }, at) {
    if (httpsOnly !== true || port === undefined) return;
    at.key("port").refuse(
      "is that of the HTTP listener, which httpsOnly omits; leave one of them out",
    );
  },
};

/** A certificate that is added under two names would be lost when one of them is removed. */
const addedOnce: rules.Relation = {
  of: [],
  judge({ certificateArn, additionalCertificateArns }, at) {
    const known = new Map([[certificateArn, at.key("certificateArn").path]]);
    for (const [key, arn] of rules.entriesOf(additionalCertificateArns)) {
      if (typeof arn !== "string") continue;
      const here = at.key("additionalCertificateArns").key(key);
      const first = known.get(arn);
      if (first === undefined) known.set(arn, here.path);
      else here.refuse(`is the same certificate as ${first}; leave one of them out`);
    }
  },
};

const oneRegion: rules.Relation = {
  of: [],
  judge({ availabilityZones }, at) {
    const regions = regionsOf(availabilityZones);
    if (regions.length < 2) return;
    at.key("availabilityZones").state(
      `must lie in one region, got zones of ${regions.join(" and ")}; make a group in each region`,
    );
  },
};

export const httpsRelations = [
  needsCertificate,
  oneDefault,
  noHttpPort,
  addedOnce,
  oneRegion,
  strictTransport,
];
