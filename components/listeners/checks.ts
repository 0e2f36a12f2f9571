import { Protocol, ProtocolVersion, RedirectStatusCode } from "../args";
import { DEFAULTS } from "../args/defaults";
import { closest } from "fastest-levenshtein";
import { isEncrypted } from "../plan/https";
import { keyInPlaceOfRedirect, listenersWithPaths } from "../plan/listeners";
import * as checks from "../checks";
import { keysOfListener, MAIN } from "../plan/targetGroups";
import { DEFAULT_SSL_POLICY, SSL_POLICIES } from "../plan/securityPolicies";
import { domain, noRequestedCertificate } from "./domain/checks";
import { mutualAuthentication } from "./mutualAuthenticationChecks";
import { headersOfMode, headersOfTls, requestHeaderNames } from "./requestHeaderNameChecks";
import { responseHeaders, strictTransport } from "./responseHeaderChecks";
import { ENCRYPT_GROUP } from "./rules/actionChecks";
import { regionsOf } from "../plan/regions";

const { port: HTTP_PORT, httpsPort: HTTPS_PORT } = DEFAULTS.LoadBalancedGroup;

/** The checks of the group's own listeners. Certificates must be in the region of the zones. */
export function listenersChecks(availabilityZones: unknown) {
  const [region] = regionsOf(availabilityZones);
  return {
    port: checks.port,
    certificateArn: certificate(region),
    additionalCertificateArns: checks.named(certificate(region), "certificates", "the ARNs"),
    httpsPort: checks.port,
    httpsOnly: checks.plain(checks.flag(), "it decides which listeners are created"),
    redirectStatusCode: checks.choice(RedirectStatusCode),
    sslPolicy,
    mutualAuthentication: mutualAuthentication(region),
    domain,
    requestHeaderNames,
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

export const sslPolicy: checks.Check = {
  accepts: { kind: "choice", values: SSL_POLICIES },
  visit(value, at) {
    if (typeof value !== "string") {
      const write = DEFAULT_SSL_POLICY;
      const must = "must be the name of a security policy";
      at.report(
        "type",
        must,
        value,
        `write the name in full, such as "${write}", or remove it to use the default`,
        {
          write,
        },
      );
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
  "httpsPort",
  "httpsOnly",
  "redirectStatusCode",
  "sslPolicy",
  "mutualAuthentication",
  "requestHeaderNames",
];

/** Some settings need an HTTPS listener. `encrypt` is how the listener becomes one. */
export const needsHttps = (
  keys: readonly string[],
  isHttps: (args: Readonly<Record<string, unknown>>) => boolean,
  encrypt: string,
): checks.Relation => ({
  properties: [],
  check(args, at) {
    if (isHttps(args)) return;
    for (const key of keys) {
      if (args[key] === undefined || args[key] === false) continue;
      at.key(key).reportRemoval("conflict", `needs HTTPS; ${encrypt}, or remove ${key}`);
    }
  },
});

/** Without a redirect to HTTPS, its settings would have no effect. */
const onlyWithRedirect: checks.Relation = {
  properties: [],
  check(args, at) {
    const { httpsOnly, redirectStatusCode } = args;
    if (httpsOnly === true) {
      for (const key of ["port", "redirectStatusCode"]) {
        if (args[key] === undefined) continue;
        at.key(key).reportRemoval(
          "conflict",
          "can't be combined with httpsOnly, because there is no HTTP listener then; remove one of them",
        );
      }
      return;
    }
    const inItsPlace = keyInPlaceOfRedirect(args);
    if (!isEncrypted(args) || redirectStatusCode === undefined || inItsPlace === undefined) return;
    at.key("redirectStatusCode").reportRemoval(
      "conflict",
      `has no effect, because listeners.${inItsPlace} takes the place of the redirect; remove one of them`,
    );
  },
};

/**
 * If a certificate were added twice, removing one of the two would remove it from the listener. `inherited` is the
 * default certificate of a listener that has none of its own.
 */
export const addedOnce = (list: string, inherited?: unknown): checks.Relation => ({
  properties: [],
  check({ certificateArn: own, [list]: further }, at) {
    const where = own === undefined ? "certificateArn" : at.key("certificateArn").path;
    const known = new Map([[own ?? inherited, where]]);
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
    if (!isEncrypted(args) || args.httpsOnly === true) return;
    const { port = HTTP_PORT, httpsPort: ofHttps = HTTPS_PORT } = args;
    if (port !== ofHttps) return;
    const [key, remedy] =
      args.port === undefined
        ? ["httpsPort", "choose another port"]
        : [
            "port",
            ofHttps === HTTP_PORT
              ? "choose another port for one of them"
              : `remove it to redirect from port ${HTTP_PORT}`,
          ];
    at.key(key).reportRemoval(
      "conflict",
      `can't be ${String(port)}, because the HTTP listener, which redirects, and the HTTPS listener can't have the ` +
        `same port; ${remedy}, or set httpsOnly to true to have no HTTP listener` +
        (key === "port" ? " and remove port" : ""),
    );
  },
};

/** AWS refuses an HTTP listener that forwards to a target group for HTTP/2 or gRPC. */
const protocolVersionNeedsHttps: checks.Relation = {
  properties: [],
  check(args, at) {
    const reported = new Set<string>();
    for (const [settings, listener] of listenersWithPaths(args, at)) {
      const isOwn = settings === args;
      const isHttps = isOwn
        ? isEncrypted(args)
        : checks.valueAt(settings, "protocol") === Protocol.HTTPS;
      if (isHttps) continue;
      const remedy = isOwn
        ? ENCRYPT_GROUP
        : `the HTTP listener ${listener.path} forwards to this target group; set ${listener.path}.protocol to HTTPS`;
      for (const key of keysOfListener(settings) ?? []) {
        const [group, where] =
          key === MAIN
            ? [args.targetGroup, at.key("targetGroup")]
            : [checks.valueAt(args.targetGroups, key), at.key("targetGroups").key(key)];
        const version = checks.valueAt(group, "protocolVersion");
        const needsHttps = version === ProtocolVersion.HTTP2 || version === ProtocolVersion.GRPC;
        if (!needsHttps || reported.has(key)) continue;
        reported.add(key);
        where
          .key("protocolVersion")
          .reportText(
            "conflict",
            `can be ${version} only with an HTTPS listener; ${remedy}, or remove protocolVersion`,
          );
      }
    }
  },
};

export const listenersRelations = [
  httpsPort,
  protocolVersionNeedsHttps,
  needsHttps(KEYS_OF_HTTPS, isEncrypted, ENCRYPT_GROUP),
  noRequestedCertificate,
  onlyWithRedirect,
  addedOnce("additionalCertificateArns"),
  zonesInOneRegion,
  headersOfMode,
  headersOfTls,
  strictTransport(isEncrypted, ENCRYPT_GROUP),
];
