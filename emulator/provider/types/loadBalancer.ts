import { type Attributes, type IpAddressType, type LoadBalancer } from "../../aws";
import { changedAttributes, fromAttributes, toAttributes } from "../attributes";
import { physicalName } from "../autoname";
import { during, unlessGone } from "../awsCalls";
import {
  blockOf,
  type BlockProperty,
  COMPUTED_TAGS,
  flagOf,
  integerOf,
  type Shape,
  TAGS,
  textOf,
  textsOf,
} from "../properties";
import { type Aws, type ResourceType } from "../resourceType";
import { type Properties } from "../values";
import { arnSuffix } from "../../elb/naming";
import { NAME_PREFIX, nameProperty } from "./names";
import { createTagged, tagState, updateTags } from "./tagged";

/** The real provider leaves the logs on when the block is removed: leaving it out is no change. */
const logs = (kind: string): BlockProperty => ({
  kind: "block",
  keptWhenMissing: true,
  properties: {
    bucket: {
      kind: "string",
      required: true,
      onlyWith: "enabled",
      attribute: `${kind}.s3.bucket`,
    },
    enabled: { kind: "boolean", default: false, attribute: `${kind}.s3.enabled` },
    prefix: { kind: "string", onlyWith: "enabled", attribute: `${kind}.s3.prefix` },
  },
});

const IP_ADDRESS_TYPES = ["ipv4", "dualstack", "dualstack-without-public-ipv4"] as const;

const INPUTS: Shape = {
  name: nameProperty(true),
  namePrefix: NAME_PREFIX,
  internal: { kind: "boolean", computed: true, forceNew: true },
  loadBalancerType: {
    kind: "string",
    default: "application",
    forceNew: true,
    values: ["application"],
  },
  subnets: { kind: "set", computed: true },
  securityGroups: { kind: "set", computed: true },
  ipAddressType: { kind: "string", computed: true, values: IP_ADDRESS_TYPES },
  ipamPools: {
    kind: "block",
    properties: { ipv4IpamPoolId: { kind: "string", required: true } },
  },
  enableDeletionProtection: {
    kind: "boolean",
    default: false,
    attribute: "deletion_protection.enabled",
  },
  dropInvalidHeaderFields: {
    kind: "boolean",
    default: false,
    attribute: "routing.http.drop_invalid_header_fields.enabled",
  },
  desyncMitigationMode: {
    kind: "string",
    default: "defensive",
    values: ["monitor", "defensive", "strictest"],
    attribute: "routing.http.desync_mitigation_mode",
  },
  idleTimeout: { kind: "integer", default: 60, attribute: "idle_timeout.timeout_seconds" },
  clientKeepAlive: { kind: "integer", default: 3600, attribute: "client_keep_alive.seconds" },
  preserveHostHeader: {
    kind: "boolean",
    default: false,
    attribute: "routing.http.preserve_host_header.enabled",
  },
  xffHeaderProcessingMode: {
    kind: "string",
    default: "append",
    values: ["append", "preserve", "remove"],
    attribute: "routing.http.xff_header_processing.mode",
  },
  enableXffClientPort: {
    kind: "boolean",
    default: false,
    attribute: "routing.http.xff_client_port.enabled",
  },
  enableHttp2: { kind: "boolean", default: true, attribute: "routing.http2.enabled" },
  enableTlsVersionAndCipherSuiteHeaders: {
    kind: "boolean",
    default: false,
    attribute: "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
  },
  enableWafFailOpen: { kind: "boolean", default: false, attribute: "waf.fail_open.enabled" },
  enableZonalShift: { kind: "boolean", default: false, attribute: "zonal_shift.config.enabled" },
  minimumLoadBalancerCapacity: {
    kind: "block",
    properties: { capacityUnits: { kind: "integer", required: true } },
  },
  accessLogs: logs("access_logs"),
  connectionLogs: logs("connection_logs"),
  healthCheckLogs: logs("health_check_logs"),
  ...TAGS,
};

export const loadBalancer: ResourceType = {
  token: "aws:lb/loadBalancer:LoadBalancer",
  inputs: INPUTS,
  outputs: {
    arn: { kind: "string" },
    arnSuffix: { kind: "string" },
    dnsName: { kind: "string" },
    zoneId: { kind: "string" },
    vpcId: { kind: "string" },
    subnetMappings: { kind: "blocks", properties: { subnetId: { kind: "string" } } },
    ...COMPUTED_TAGS,
  },
  longestName: 32,

  async create(inputs, aws) {
    const { elb, calls } = aws;
    const name = physicalName(inputs);
    const input = {
      name,
      scheme: flagOf(inputs, "internal") ? "internal" : "internet-facing",
      ipAddressType: addressTypeOf(inputs),
      ipv4IpamPoolId: poolOf(inputs),
      subnetIds: textsOf(inputs, "subnets"),
      securityGroups: textsOf(inputs, "securityGroups"),
      attributes: {},
    } as const;
    const create = createTagged(
      aws,
      inputs,
      () => elb.createLoadBalancer(input),
      (created) => created.loadBalancerArn,
    );
    const created = await during(
      `creating ELBv2 Load Balancer (${name})`,
      calls.elb("CreateLoadBalancer", create),
    );
    const id = created.loadBalancerArn;
    const finish = async () => {
      await modifyAttributes(id, {}, inputs, aws);
      await reserveCapacity(id, inputs, aws);
    };
    return { id, finish };
  },

  async read(id, _state, aws) {
    const { elb, calls } = aws;
    const found = await unlessGone(
      "LoadBalancerNotFound",
      calls.elb("DescribeLoadBalancers", () => elb.describeLoadBalancer(id)),
    );
    return found && { ...stateOf(found), ...tagState(id, aws) };
  },

  async update(id, olds, news, aws) {
    await updateTags(id, olds, news, aws, "elb");
    await modifyAttributes(id, olds, news, aws);
    await setSecurityGroups(id, news, aws);
    await setSubnets(id, news, aws);
    await setIpAddressType(id, news, aws);
    await modifyIpPools(id, news, aws);
    await reserveCapacity(id, news, aws);
  },

  async delete(id, _state, { elb, calls, tags }) {
    await during(
      `deleting ELBv2 Load Balancer (${id})`,
      unlessGone(
        "LoadBalancerNotFound",
        calls.elb("DeleteLoadBalancer", () => elb.deleteLoadBalancer(id)),
      ),
    );
    tags.forget(id);
  },
};

async function modifyAttributes(
  id: string,
  olds: Properties,
  news: Properties,
  { elb, calls }: Aws,
): Promise<void> {
  const before = toAttributes(INPUTS, olds);
  const after = toAttributes(INPUTS, news);
  const changes = changedAttributes(before, { ...leftOutPrefixes(before, after), ...after });
  if (Object.keys(changes).length > 0) {
    await during(
      `modifying ELBv2 Load Balancer (${id}) attributes`,
      calls.elb("ModifyLoadBalancerAttributes", () =>
        elb.modifyLoadBalancerAttributes(id, changes),
      ),
    );
  }
}

/** The real provider clears the prefix of logs that are on, if an update leaves it out. */
function leftOutPrefixes(before: Attributes, after: Attributes): Attributes {
  const leftOut = Object.keys(before).filter(
    (key) => key.endsWith(".prefix") && after[key.replace(/prefix$/, "enabled")] === "true",
  );
  return Object.fromEntries(leftOut.map((key) => [key, ""]));
}

async function setSecurityGroups(id: string, news: Properties, { elb, calls }: Aws): Promise<void> {
  const wanted = textsOf(news, "securityGroups");
  if (differs(wanted, elb.describeLoadBalancer(id).securityGroups)) {
    await during(
      `setting ELBv2 Load Balancer (${id}) security groups`,
      calls.elb("SetSecurityGroups", () => elb.setSecurityGroups(id, wanted)),
    );
  }
}

async function setSubnets(id: string, news: Properties, { elb, calls }: Aws): Promise<void> {
  const wanted = textsOf(news, "subnets");
  const current = elb.describeLoadBalancer(id).subnets.map(({ subnetId }) => subnetId);
  if (differs(wanted, current)) {
    await during(
      `setting ELBv2 Load Balancer (${id}) subnets`,
      calls.elb("SetSubnets", () => elb.setSubnets(id, wanted)),
    );
  }
}

async function setIpAddressType(id: string, news: Properties, { elb, calls }: Aws): Promise<void> {
  const wanted = addressTypeOf(news);
  if (wanted !== undefined && wanted !== elb.describeLoadBalancer(id).ipAddressType) {
    await during(
      `setting ELBv2 Load Balancer (${id}) address type`,
      calls.elb("SetIpAddressType", () => elb.setIpAddressType(id, wanted)),
    );
  }
}

async function modifyIpPools(id: string, news: Properties, { elb, calls }: Aws): Promise<void> {
  const wanted = poolOf(news);
  if (wanted !== elb.describeLoadBalancer(id).ipv4IpamPoolId) {
    await during(
      `modifying ELBv2 Load Balancer (${id}) IPAM pools`,
      calls.elb("ModifyIpPools", () => elb.modifyIpPools(id, wanted)),
    );
  }
}

const poolOf = (properties: Properties) =>
  textOf(blockOf(properties, "ipamPools") ?? {}, "ipv4IpamPoolId");

async function reserveCapacity(id: string, news: Properties, { elb, calls }: Aws): Promise<void> {
  const wanted = integerOf(blockOf(news, "minimumLoadBalancerCapacity") ?? {}, "capacityUnits");
  if (wanted !== elb.describeLoadBalancer(id).minimumCapacityUnits) {
    await during(
      `modifying ELBv2 Load Balancer (${id}) capacity reservation`,
      calls.elb("ModifyCapacityReservation", () => elb.modifyCapacityReservation(id, wanted)),
    );
  }
}

function addressTypeOf(properties: Properties): IpAddressType | undefined {
  const given = textOf(properties, "ipAddressType");
  return IP_ADDRESS_TYPES.find((type) => type === given);
}

/** Nothing wanted means that AWS's choice stands. */
function differs(wanted: readonly string[], current: readonly string[]): boolean {
  return wanted.length > 0 && [...wanted].sort().join() !== [...current].sort().join();
}

function stateOf(found: LoadBalancer): Properties {
  const subnets = found.subnets.map(({ subnetId }) => subnetId);
  const attributes = fromAttributes(INPUTS, found.attributes);
  return {
    ...attributes,
    arn: found.loadBalancerArn,
    arnSuffix: arnSuffix(found.loadBalancerArn),
    name: found.loadBalancerName,
    dnsName: found.dnsName,
    zoneId: found.canonicalHostedZoneId,
    vpcId: found.vpcId,
    internal: found.scheme === "internal",
    loadBalancerType: "application",
    ipAddressType: found.ipAddressType,
    ipamPools:
      found.ipv4IpamPoolId === undefined ? undefined : { ipv4IpamPoolId: found.ipv4IpamPoolId },
    minimumLoadBalancerCapacity:
      found.minimumCapacityUnits === undefined
        ? undefined
        : { capacityUnits: found.minimumCapacityUnits },
    subnets,
    subnetMappings: subnets.map((subnetId) => ({ subnetId })),
    securityGroups: [...found.securityGroups],
  };
}
