import { type Attributes, AwsError, type TargetGroup } from "../aws";

interface AttributeRule {
  readonly byDefault: string;
  readonly accepts: (value: string) => boolean;
  readonly rule: string;
}

const oneOf = (byDefault: string, ...others: string[]): AttributeRule => ({
  byDefault,
  accepts: (value) => value === byDefault || others.includes(value),
  rule: `must be one of: ${[byDefault, ...others].join(", ")}`,
});

const flag = (byDefault: boolean) => oneOf(String(byDefault), String(!byDefault));

const isWhole = (value: string, from: number, to: number) =>
  /^\d+$/.test(value) && Number(value) >= from && Number(value) <= to;

const whole = (byDefault: number, from: number, to: number, ...words: string[]): AttributeRule => ({
  byDefault: String(byDefault),
  accepts: (value) => isWhole(value, from, to) || words.includes(value),
  rule: `must be ${[...words, `a whole number from ${from} to ${to}`].join(" or ")}`,
});

const text = (accepts: (value: string) => boolean, rule: string): AttributeRule => ({
  byDefault: "",
  accepts: (value) => value === "" || accepts(value),
  rule,
});

const anyText = text(() => true, "");

const logs = (kind: string): [string, AttributeRule][] => [
  [`${kind}.s3.enabled`, flag(false)],
  [`${kind}.s3.bucket`, anyText],
  [`${kind}.s3.prefix`, text((value) => !value.includes("AWSLogs"), "must not contain AWSLogs")],
];

/** The kinds of logs that a load balancer writes to a bucket. */
const LOG_KINDS = ["access_logs", "connection_logs", "health_check_logs"];

const LOAD_BALANCER = new Map<string, AttributeRule>([
  ...LOG_KINDS.flatMap(logs),
  ["deletion_protection.enabled", flag(false)],
  ["idle_timeout.timeout_seconds", whole(60, 1, 4000)],
  ["client_keep_alive.seconds", whole(3600, 60, 604_800)],
  ["ipv6.deny_all_igw_traffic", flag(false)],
  ["load_balancing.cross_zone.enabled", oneOf("true")],
  ["routing.http.desync_mitigation_mode", oneOf("defensive", "monitor", "strictest")],
  ["routing.http.drop_invalid_header_fields.enabled", flag(false)],
  ["routing.http.preserve_host_header.enabled", flag(false)],
  ["routing.http.x_amzn_tls_version_and_cipher_suite.enabled", flag(false)],
  ["routing.http.xff_client_port.enabled", flag(false)],
  ["routing.http.xff_header_processing.mode", oneOf("append", "preserve", "remove")],
  ["routing.http2.enabled", flag(true)],
  ["waf.fail_open.enabled", flag(false)],
  ["zonal_shift.config.enabled", flag(false)],
]);

/** The key of a least number ("count") or share ("percentage") of healthy targets. */
export const least = (action: string, kind: string) =>
  `target_group_health.${action}.minimum_healthy_targets.${kind}`;

/** Below this, unhealthy targets get requests too. */
export const routingLeast = (kind: string) => least("unhealthy_state_routing", kind);

const percentage = { ...whole(1, 1, 100, "off"), byDefault: "off" };

const TARGET_GROUP = new Map<string, AttributeRule>([
  ["deregistration_delay.timeout_seconds", whole(300, 0, 3600)],
  ["stickiness.enabled", flag(false)],
  ["stickiness.type", oneOf("lb_cookie", "app_cookie")],
  ["stickiness.lb_cookie.duration_seconds", whole(86_400, 1, 604_800)],
  ["stickiness.app_cookie.duration_seconds", whole(86_400, 1, 604_800)],
  [
    "stickiness.app_cookie.cookie_name",
    text((value) => !value.startsWith("AWSALB"), "must not begin with AWSALB"),
  ],
  ["slow_start.duration_seconds", whole(0, 30, 900, "0")],
  [
    "load_balancing.algorithm.type",
    oneOf("round_robin", "least_outstanding_requests", "weighted_random"),
  ],
  ["load_balancing.algorithm.anomaly_mitigation", oneOf("off", "on")],
  ["load_balancing.cross_zone.enabled", oneOf("use_load_balancer_configuration", "true", "false")],
  // State only: one address stands in for those that DNS would leave out.
  [least("dns_failover", "count"), whole(1, 1, 1000, "off")],
  [least("dns_failover", "percentage"), percentage],
  [routingLeast("count"), whole(1, 1, 1000)],
  [routingLeast("percentage"), percentage],
]);

/** A function has no other attributes. */
const FUNCTION = new Map<string, AttributeRule>([
  ["lambda.multi_value_headers.enabled", flag(false)],
]);

function merge(
  kind: string,
  rules: Map<string, AttributeRule>,
  current: Attributes,
  change: Attributes,
): Attributes {
  for (const [key, value] of Object.entries(change)) {
    const known = rules.get(key);
    if (known === undefined) {
      throw new AwsError("ValidationError", `${kind} attribute key '${key}' is not recognized`);
    }
    if (!known.accepts(value)) {
      throw new AwsError(
        "ValidationError",
        `${kind} attribute '${key}' value '${value}' is not valid: it ${known.rule}`,
      );
    }
  }
  const defaults: Attributes = {};
  for (const [key, { byDefault }] of rules) {
    defaults[key] = byDefault;
  }
  return { ...defaults, ...current, ...change };
}

const header = (name: string): [string, AttributeRule] => [
  `routing.http.response.${name}.header_value`,
  text(
    (value) => /^[\x20-\x7e]{1,1024}$/.test(value),
    "must have at most 1024 printable ASCII characters",
  ),
];

/** The headers that a listener adds to answers, by the keys of their attributes. */
export const RESPONSE_HEADERS = new Map(
  [
    "Strict-Transport-Security",
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Headers",
    "Access-Control-Expose-Headers",
    "Access-Control-Allow-Credentials",
    "Access-Control-Max-Age",
  ].map((name) => [header(name.toLowerCase().replaceAll("-", "_"))[0], name]),
);

/** The keys of the attributes with other names for headers that targets get, by AWS's names in lower case. */
export const HEADER_NAMES = new Map(
  [
    "x-amzn-mtls-clientcert",
    "x-amzn-mtls-clientcert-issuer",
    "x-amzn-mtls-clientcert-leaf",
    "x-amzn-mtls-clientcert-serial-number",
    "x-amzn-mtls-clientcert-subject",
    "x-amzn-mtls-clientcert-validity",
    "x-amzn-tls-cipher-suite",
    "x-amzn-tls-version",
  ].map((name) => [name, `routing.http.request.${name.replaceAll("-", "_")}.header_name`]),
);

export const SERVER_HEADER = "routing.http.response.server.enabled";

const LISTENER = new Map<string, AttributeRule>([
  ...[...RESPONSE_HEADERS.values()].map((name) => header(name.toLowerCase().replaceAll("-", "_"))),
  [
    "routing.http.response.x_content_type_options.header_value",
    text((value) => value === "nosniff", "must be nosniff"),
  ],
  [
    "routing.http.response.access_control_allow_credentials.header_value",
    text((value) => value === "true", "must be true"),
  ],
  [
    "routing.http.response.access_control_max_age.header_value",
    text((value) => isWhole(value, 0, 86_400), "must be a whole number from 0 to 86400"),
  ],
  [SERVER_HEADER, flag(true)],
  ...[...HEADER_NAMES.values()].map((key): [string, AttributeRule] => [
    key,
    text(
      (value) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,1024}$/.test(value),
      "must be the name of a header",
    ),
  ]),
]);

export const mergeListenerAttributes = (current: Attributes, change: Attributes) =>
  merge("Listener", LISTENER, current, change);

export const mergeLoadBalancerAttributes = (current: Attributes, change: Attributes) =>
  merge("Load balancer", LOAD_BALANCER, current, change);

/** The attributes after a change, with AWS's defaults for those that were never set. */
export function mergeTargetGroupAttributes(
  targetType: TargetGroup["targetType"],
  current: Attributes,
  change: Attributes,
): Attributes {
  if (targetType === "lambda") {
    return merge("Target group", FUNCTION, current, change);
  }
  const refuse = (message: string) => {
    throw new AwsError("InvalidConfigurationRequest", message);
  };
  const { "stickiness.type": wanted = "" } = change;
  if (wanted.startsWith("source_ip")) {
    refuse(`Stickiness type '${wanted}' is not supported for application load balancers`);
  }
  const merged = merge("Target group", TARGET_GROUP, current, change);
  const algorithm = merged["load_balancing.algorithm.type"];
  const sticky = merged["stickiness.enabled"] === "true";
  if (algorithm !== "round_robin" && merged["slow_start.duration_seconds"] !== "0") {
    refuse(`Slow start mode cannot be used with the routing algorithm '${algorithm}'`);
  }
  if (algorithm === "weighted_random" && sticky) {
    refuse("Stickiness cannot be used with the routing algorithm 'weighted_random'");
  }
  // State only: no target is found to be an anomaly here, so none gets less traffic.
  const mitigates = merged["load_balancing.algorithm.anomaly_mitigation"] === "on";
  if (mitigates && algorithm !== "weighted_random") {
    refuse("Anomaly mitigation can only be used with the routing algorithm 'weighted_random'");
  }
  if (merged["load_balancing.cross_zone.enabled"] === "false" && sticky) {
    refuse("Stickiness cannot be used when cross-zone load balancing is off");
  }
  for (const kind of ["count", "percentage"]) {
    // "off" reads as NaN, and nothing is below that. AWS's pages leave open whether its default of 1
    // counts as a threshold that was specified; here it does.
    if (Number(merged[least("dns_failover", kind)]) < Number(merged[routingLeast(kind)])) {
      refuse(
        `The DNS failover ${kind} must be greater than or equal to the routing failover ${kind}`,
      );
    }
  }
  const byApplication = sticky && merged["stickiness.type"] === "app_cookie";
  if (byApplication && merged["stickiness.app_cookie.cookie_name"] === "") {
    refuse("A cookie name must be specified for stickiness of type 'app_cookie'");
  }
  return merged;
}

/** A numeric attribute; NaN where it says "off". */
export const seconds = (attributes: Attributes, key: string) => Number(attributes[key]);

export const isOn = (attributes: Attributes, key: string) => attributes[key] === "true";
