import { type BlockProperty, COMPUTED_TAGS, PORT_RANGE, type Shape, TAGS } from "../properties";
import { NAME_PREFIX, nameProperty } from "./names";

const HEALTH_CHECK: BlockProperty = {
  kind: "block",
  computed: true,
  properties: {
    enabled: {
      kind: "boolean",
      default: true,
    },
    // The real provider sends 3 and 3 as soon as the block is there, whatever AWS's own defaults are.
    healthyThreshold: { kind: "integer", default: 3, range: [2, 10] },
    unhealthyThreshold: { kind: "integer", default: 3, range: [2, 10] },
    interval: { kind: "integer", default: 30, range: [5, 300] },
    timeout: { kind: "integer", computed: true, range: [2, 120] },
    matcher: { kind: "string", computed: true },
    path: { kind: "string", computed: true, fault: pathFault },
    port: { kind: "string", default: "traffic-port", fault: portFault },
    protocol: { kind: "string", default: "HTTP", values: ["HTTP", "HTTPS"] },
  },
};

const STICKINESS: BlockProperty = {
  kind: "block",
  computed: true,
  properties: {
    enabled: { kind: "boolean", default: true, attribute: "stickiness.enabled" },
    type: {
      kind: "string",
      required: true,
      values: ["lb_cookie", "app_cookie"],
      attribute: "stickiness.type",
    },
    // Its attribute depends on the type.
    cookieDuration: { kind: "integer", default: 86400, range: [0, 604800] },
    cookieName: {
      kind: "string",
      attribute: "stickiness.app_cookie.cookie_name",
    },
  },
};

const HEALTH = "target_group_health";

const TARGET_GROUP_HEALTH: BlockProperty = {
  kind: "block",
  computed: true,
  properties: {
    dnsFailover: {
      kind: "block",
      properties: {
        // The real provider turns it off as soon as the block is there, whatever AWS's own default is.
        minimumHealthyTargetsCount: {
          kind: "string",
          default: "off",
          attribute: `${HEALTH}.dns_failover.minimum_healthy_targets.count`,
        },
        minimumHealthyTargetsPercentage: {
          kind: "string",
          default: "off",
          attribute: `${HEALTH}.dns_failover.minimum_healthy_targets.percentage`,
        },
      },
    },
    unhealthyStateRouting: {
      kind: "block",
      properties: {
        minimumHealthyTargetsCount: {
          kind: "integer",
          default: 1,
          range: [1, 1000],
          attribute: `${HEALTH}.unhealthy_state_routing.minimum_healthy_targets.count`,
        },
        minimumHealthyTargetsPercentage: {
          kind: "string",
          default: "off",
          attribute: `${HEALTH}.unhealthy_state_routing.minimum_healthy_targets.percentage`,
        },
      },
    },
  },
};

/** What is for functions alone. */
export const FUNCTION_INPUTS: Shape = {
  lambdaMultiValueHeadersEnabled: {
    kind: "boolean",
    default: false,
    attribute: "lambda.multi_value_headers.enabled",
  },
};

/** What is for servers, and taken but not sent for functions. */
export const SERVER_INPUTS: Shape = {
  name: nameProperty(false),
  namePrefix: NAME_PREFIX,
  port: { kind: "integer", forceNew: true, range: PORT_RANGE },
  protocol: { kind: "string", forceNew: true, values: ["HTTP", "HTTPS"] },
  protocolVersion: {
    kind: "string",
    forceNew: true,
    computed: true,
    values: ["HTTP1", "HTTP2", "GRPC"],
  },
  targetType: {
    kind: "string",
    forceNew: true,
    default: "instance",
    values: ["instance", "ip", "lambda"],
  },
  vpcId: { kind: "string", forceNew: true },
  ipAddressType: { kind: "string", forceNew: true, computed: true, values: ["ipv4", "ipv6"] },
  targetControlPort: { kind: "integer", forceNew: true, range: PORT_RANGE },
  deregistrationDelay: {
    kind: "integer",
    default: 300,
    range: [0, 3600],
    attribute: "deregistration_delay.timeout_seconds",
  },
  slowStart: {
    kind: "integer",
    default: 0,
    range: [30, 900],
    or: 0,
    attribute: "slow_start.duration_seconds",
  },
  loadBalancingAlgorithmType: {
    kind: "string",
    computed: true,
    values: ["round_robin", "least_outstanding_requests", "weighted_random"],
    attribute: "load_balancing.algorithm.type",
  },
  loadBalancingAnomalyMitigation: {
    kind: "string",
    computed: true,
    values: ["on", "off"],
    attribute: "load_balancing.algorithm.anomaly_mitigation",
  },
  loadBalancingCrossZoneEnabled: {
    kind: "string",
    computed: true,
    values: ["true", "false", "use_load_balancer_configuration"],
    attribute: "load_balancing.cross_zone.enabled",
  },
  stickiness: STICKINESS,
  healthCheck: HEALTH_CHECK,
  targetGroupHealth: TARGET_GROUP_HEALTH,
  ...TAGS,
};

export const TARGET_GROUP_INPUTS: Shape = { ...SERVER_INPUTS, ...FUNCTION_INPUTS };

export const TARGET_GROUP_OUTPUTS: Shape = {
  arn: { kind: "string" },
  arnSuffix: { kind: "string" },
  ...COMPUTED_TAGS,
};

function pathFault(path: string): string | undefined {
  if (!path.startsWith("/")) {
    return `to begin with a '/', got ${path}`;
  }
  return path.length > 1024 ? "to have at most 1024 characters" : undefined;
}

function portFault(port: string): string | undefined {
  const number = Number(port);
  const isPort = Number.isInteger(number) && number >= 1 && number <= 65535;
  return isPort || port === "traffic-port"
    ? undefined
    : `to be "traffic-port" or in the range (1 - 65535), got ${port}`;
}
