import { MutualAuthenticationMode, Protocol, type ListenerArgs } from "../args";
import { DEFAULTS } from "../args/defaults";
import * as checks from "../checks";
import { isEncrypted } from "../plan/https";
import { furtherWithPaths, keyInPlaceOfRedirect, listenersWithPaths } from "../plan/listeners";
import { addedOnce, certificate, needsHttps, sslPolicy } from "./checks";
import { mutualAuthentication } from "./mutualAuthenticationChecks";
import { headersOfMode, requestHeaderNames } from "./requestHeaderNameChecks";
import { responseHeaders, strictTransport } from "./responseHeaderChecks";
import type { ListenerEndpoint } from "./rules/actionChecks";
import { authenticationRelation } from "./rules/authenticationChecks";
import { listenerRelations, listenerRulesChecks } from "./rules/checks";

const { port: HTTP_PORT, httpsPort: HTTPS_PORT } = DEFAULTS.LoadBalancedGroup;

/** What the check of a further listener knows of the group. */
interface Group {
  /** The keys of its target groups. */
  readonly known: readonly string[];
  /** The region, if the zones tell it. */
  readonly region: string | undefined;
  /** Its certificate, which may be wrong. */
  readonly certificateArn: unknown;
}

/** The check of the further listeners. */
export function furtherListeners(group: Group): checks.PlainCheck {
  const listener: checks.PlainCheck = {
    ...checkOfListener({}, group),
    visit: (value, at) => checkOfListener(value, group).visit(value, at),
  };
  return checks.named(listener, "listeners", "some values");
}

/** The check of one listener. Some checks depend on its port and protocol. */
function checkOfListener(listener: unknown, { known, region, certificateArn }: Group) {
  const isHttps = checks.valueAt(listener, "protocol") === Protocol.HTTPS;
  const endpoint: ListenerEndpoint = {
    protocol: isHttps ? Protocol.HTTPS : Protocol.HTTP,
    port: checks.valueAt(listener, "port"),
    encrypt: ENCRYPT,
  };
  return checks.object<ListenerArgs>(
    {
      port: checks.port,
      protocol: checks.plain(checks.choice(Protocol), "it decides which settings the listener has"),
      certificateArn: certificate(region),
      additionalCertificateArns: checks.named(certificate(region), "certificates", "the ARNs"),
      sslPolicy,
      mutualAuthentication: mutualAuthentication(region),
      requestHeaderNames,
      responseHeaders,
      ...listenerRulesChecks(known, endpoint),
    },
    {
      required: ["port", "protocol"],
      otherNames: {
        certificates:
          "write certificateArn, and additionalCertificateArns for further ones, instead",
        certificate: "write certificateArn instead",
        defaultActions: "write forward or defaultAction instead",
        actions: "write forward or defaultAction instead",
        rule: "write rules: { key: { ... } } instead",
        targetGroup: "write forward: { weights: { key: 1 } } instead",
      },
      relations: [
        ...listenerRelations,
        authenticationRelation(endpoint),
        needsHttps(KEYS_OF_HTTPS, () => isHttps, ENCRYPT),
        addedOnce("additionalCertificateArns", certificateArn),
        headersOfMode,
        strictTransport(() => isHttps, ENCRYPT),
      ],
    },
  );
}

const ENCRYPT = "set protocol to HTTPS";

const KEYS_OF_HTTPS = [
  "certificateArn",
  "additionalCertificateArns",
  "sslPolicy",
  "mutualAuthentication",
  "requestHeaderNames",
];

const OWN_HTTPS = "the HTTPS listener of the group";
const OWN_HTTP = "the HTTP listener of the group";

/** A load balancer has one listener on a port. Only the redirect to HTTPS gives way to another listener. */
const distinctPorts: checks.Relation = {
  properties: [],
  check(args, at) {
    const own: [unknown, string] = isEncrypted(args)
      ? [args.httpsPort ?? HTTPS_PORT, OWN_HTTPS]
      : [args.port ?? HTTP_PORT, OWN_HTTP];
    const seen = new Map([own]);
    for (const { key, listener, at: here } of furtherWithPaths(args, at)) {
      const port = checks.valueAt(listener, "port");
      const other = seen.get(port);
      if (typeof port !== "number") continue;
      if (other === undefined) seen.set(port, `listeners.${key}`);
      else
        here
          .key("port")
          .reportText("repeated", `is ${port}, the port of ${other}; choose another port`);
    }
  },
};

/** The outputs of the further listeners stand beside those of the group's own ones. */
const distinctKeys: checks.Relation = {
  properties: [],
  check(args, at) {
    const isReplaced = keyInPlaceOfRedirect(args) !== undefined;
    const hasHttp = !isEncrypted(args) || (args.httpsOnly !== true && !isReplaced);
    for (const { key, at: here } of furtherWithPaths(args, at)) {
      const isTaken = key === "https" ? isEncrypted(args) : key === "http" && hasHttp;
      if (!isTaken) continue;
      const owner = key === "https" ? OWN_HTTPS : OWN_HTTP;
      here.reportText(
        "conflict",
        `has the key that ${owner} has in the output listenerArns; choose another key`,
      );
    }
  },
};

const certificatesOfHttps: checks.Relation = {
  properties: [],
  check(args, at) {
    if (isEncrypted(args)) return;
    for (const { listener, at: here } of furtherWithPaths(args, at)) {
      if (checks.valueAt(listener, "protocol") !== Protocol.HTTPS) continue;
      if (checks.valueAt(listener, "certificateArn") !== undefined) continue;
      here
        .key("certificateArn")
        .reportText(
          "required",
          "is required for HTTPS, because the group has no certificate; set it, or certificateArn or domain of the group",
        );
    }
  },
};

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html. */
const MAX_VERIFYING = 2;

const verifyingListeners: checks.Relation = {
  properties: [],
  check(args, at) {
    const verifying = listenersWithPaths(args, at).filter(
      ([settings]) =>
        checks.valueAt(checks.valueAt(settings, "mutualAuthentication"), "mode") ===
        MutualAuthenticationMode.Verify,
    );
    for (const [, here] of verifying.slice(MAX_VERIFYING)) {
      here
        .key("mutualAuthentication")
        .key("mode")
        .reportText(
          "too-many",
          `can be verify for at most ${MAX_VERIFYING} listeners of a load balancer; use passthrough or off`,
        );
    }
  },
};

/** The relations between the further listeners and the group. */
export const furtherListenersRelations = [
  distinctPorts,
  distinctKeys,
  certificatesOfHttps,
  verifyingListeners,
];
