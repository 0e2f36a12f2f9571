import {
  type Attributes,
  AwsError,
  type AccountServices,
  type IpAddressType,
  type LoadBalancer,
  type Subnet,
} from "../aws";
import { loadBalancerArn, checkName } from "./naming";
import { isOn, mergeLoadBalancerAttributes } from "./attributes";

/** The emulator's load balancers live on this machine, so this name resolves wherever it runs. */
const DNS_NAME = "127.0.0.1";

const HOSTED_ZONE = "Z35SXDOTRQ7X7K";
const FREE_ADDRESSES = 8;
/** The names of Local Zones and Wavelength Zones, in which a load balancer may have a single subnet. */
const STANDS_ALONE = /^[a-z]+(?:-[a-z]+)+-\d+-(?:[a-z]+-\d+[a-z]|wl\d+-[a-z]+-wlz-\d+)$/;
const MAX_SECURITY_GROUPS = 5;
const LOG_TESTS = [
  ["access_logs", "ELBAccessLogTestFile"],
  ["connection_logs", "ELBConnectionLogTestFile"],
  ["health_check_logs", "ELBHealthCheckLogTestFile"],
] as const;

export type LoadBalancerInput = {
  name: string;
  scheme: LoadBalancer["scheme"];
  ipAddressType?: IpAddressType;
  ipv4IpamPoolId?: string;
  subnetIds: string[];
  securityGroups: string[];
  attributes: Attributes;
};

function findSubnet(services: AccountServices, subnetId: string): Subnet {
  try {
    return services.subnet(subnetId);
  } catch {
    throw new AwsError("SubnetNotFound", `The subnet ID '${subnetId}' does not exist`);
  }
}

function checkSubnets(subnets: readonly Subnet[]): void {
  const zones = new Set(subnets.map(({ availabilityZone }) => availabilityZone));
  if (subnets.length > zones.size) {
    throw new AwsError(
      "InvalidConfigurationRequest",
      "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
    );
  }
  if (zones.size < 2 && ![...zones].some((zone) => STANDS_ALONE.test(zone))) {
    throw new AwsError(
      "ValidationError",
      "At least two subnets in two different Availability Zones must be specified",
    );
  }
  const [{ vpcId: home }] = subnets;
  if (subnets.some(({ vpcId }) => vpcId !== home)) {
    throw new AwsError(
      "InvalidConfigurationRequest",
      `All subnets must belong to the same VPC: '${home}'`,
    );
  }
  for (const { subnetId, availableIpAddressCount } of subnets) {
    if (availableIpAddressCount < FREE_ADDRESSES) {
      throw new AwsError(
        "InvalidSubnet",
        `Not enough IP space available in ${subnetId}. ` +
          `ELB requires at least ${FREE_ADDRESSES} free IP addresses in each subnet.`,
      );
    }
  }
}

function checkAddresses(
  ipAddressType: IpAddressType,
  scheme: LoadBalancer["scheme"],
  subnets: readonly Subnet[],
): void {
  if (ipAddressType === "ipv4") {
    return;
  }
  if (ipAddressType === "dualstack-without-public-ipv4" && scheme === "internal") {
    throw new AwsError(
      "ValidationError",
      `The IP address type '${ipAddressType}' is not supported for internal load balancers`,
    );
  }
  if (subnets.some(({ ipv6CidrBlock }) => ipv6CidrBlock === undefined)) {
    throw new AwsError(
      "ValidationError",
      "You must specify subnets with an associated IPv6 CIDR block.",
    );
  }
}

/** The addresses of a pool are public. Whether the pool exists is not checked: the emulator has no IPAM. */
function checkPool(ipv4IpamPoolId: string | undefined, scheme: LoadBalancer["scheme"]): void {
  if (ipv4IpamPoolId === undefined) return;
  if (scheme === "internal" || !/^ipam-pool-[a-zA-Z0-9]+$/.test(ipv4IpamPoolId)) {
    throw new AwsError(
      "ValidationError",
      `The IPAM pool '${ipv4IpamPoolId}' is not valid for load balancers with the scheme '${scheme}'`,
    );
  }
}

function checkSecurityGroups(
  services: AccountServices,
  groupIds: readonly string[],
  vpcId: string,
): void {
  if (groupIds.length > MAX_SECURITY_GROUPS) {
    throw new AwsError(
      "InvalidConfigurationRequest",
      "The maximum number of security groups per load balancer has been reached",
    );
  }
  for (const groupId of groupIds) {
    let home: string | undefined;
    try {
      home = services.securityGroup(groupId).vpcId;
    } catch {
      throw new AwsError("InvalidSecurityGroup", `The security group '${groupId}' does not exist`);
    }
    if (home !== vpcId) {
      throw new AwsError(
        "InvalidSecurityGroup",
        `The security group '${groupId}' does not belong to VPC '${vpcId}'`,
      );
    }
  }
}

/** Writes a first, empty file of each kind of logs that a change concerns and that is on, as AWS does. */
function checkLogs(services: AccountServices, attributes: Attributes, change: Attributes): void {
  for (const [kind, file] of LOG_TESTS) {
    const isConcerned = Object.keys(change).some((key) => key.startsWith(`${kind}.`));
    if (!isConcerned || !isOn(attributes, `${kind}.s3.enabled`)) {
      continue;
    }
    const bucket = attributes[`${kind}.s3.bucket`] ?? "";
    const prefix = attributes[`${kind}.s3.prefix`] ?? "";
    const folder = `${prefix === "" ? "" : `${prefix}/`}AWSLogs/${services.accountId}`;
    if (!services.deliverLog(bucket, `${folder}/${file}`)) {
      throw new AwsError(
        "InvalidConfigurationRequest",
        `Access Denied for bucket: ${bucket}. Please check S3bucket permission`,
      );
    }
  }
}

const placed = (subnets: readonly Subnet[]): LoadBalancer["subnets"] =>
  subnets.map(({ availabilityZone, subnetId }) => ({ availabilityZone, subnetId }));

const FEWEST_CAPACITY_UNITS = 100;

/** The load balancers of the account. */
export class LoadBalancers {
  private readonly records = new Map<string, LoadBalancer>();

  constructor(private readonly services: AccountServices) {}

  create(input: LoadBalancerInput): LoadBalancer {
    const { name, scheme, ipAddressType = "ipv4", ipv4IpamPoolId, subnetIds } = input;
    const { securityGroups } = input;
    checkName("load balancer", name);
    if ([...this.records.values()].some((other) => other.loadBalancerName === name)) {
      throw new AwsError(
        "DuplicateLoadBalancerName",
        `A load balancer with the same name '${name}' exists, but with different settings`,
      );
    }
    const subnets = subnetIds.map((subnetId) => findSubnet(this.services, subnetId));
    checkSubnets(subnets);
    checkAddresses(ipAddressType, scheme, subnets);
    checkPool(ipv4IpamPoolId, scheme);
    const vpcId = subnets[0].vpcId;
    checkSecurityGroups(this.services, securityGroups, vpcId);
    const attributes = mergeLoadBalancerAttributes({}, input.attributes);
    checkLogs(this.services, attributes, input.attributes);
    const loadBalancer: LoadBalancer = {
      loadBalancerArn: loadBalancerArn(this.services, name),
      loadBalancerName: name,
      dnsName: DNS_NAME,
      canonicalHostedZoneId: HOSTED_ZONE,
      scheme,
      ipAddressType,
      ipv4IpamPoolId,
      vpcId,
      subnets: placed(subnets),
      securityGroups: [...securityGroups],
      attributes,
    };
    this.records.set(loadBalancer.loadBalancerArn, loadBalancer);
    return loadBalancer;
  }

  find(arn: string): LoadBalancer {
    const loadBalancer = this.records.get(arn);
    if (loadBalancer === undefined) {
      throw new AwsError("LoadBalancerNotFound", `Load balancers '[${arn}]' not found`);
    }
    return loadBalancer;
  }

  findByName(name: string): LoadBalancer | undefined {
    return [...this.records.values()].find(({ loadBalancerName }) => loadBalancerName === name);
  }

  setSubnets(arn: string, subnetIds: readonly string[]): LoadBalancer {
    const loadBalancer = this.find(arn);
    const subnets = subnetIds.map((subnetId) => findSubnet(this.services, subnetId));
    checkSubnets(subnets);
    if (subnets.some(({ vpcId }) => vpcId !== loadBalancer.vpcId)) {
      throw new AwsError(
        "InvalidConfigurationRequest",
        `All subnets must belong to the same VPC: '${loadBalancer.vpcId}'`,
      );
    }
    checkAddresses(loadBalancer.ipAddressType, loadBalancer.scheme, subnets);
    loadBalancer.subnets = placed(subnets);
    return loadBalancer;
  }

  setSecurityGroups(arn: string, groupIds: readonly string[]): LoadBalancer {
    const loadBalancer = this.find(arn);
    checkSecurityGroups(this.services, groupIds, loadBalancer.vpcId);
    loadBalancer.securityGroups = [...groupIds];
    return loadBalancer;
  }

  setIpAddressType(arn: string, ipAddressType: IpAddressType): LoadBalancer {
    const loadBalancer = this.find(arn);
    const subnets = loadBalancer.subnets.map(({ subnetId }) => findSubnet(this.services, subnetId));
    checkAddresses(ipAddressType, loadBalancer.scheme, subnets);
    loadBalancer.ipAddressType = ipAddressType;
    return loadBalancer;
  }

  modifyIpPools(arn: string, ipv4IpamPoolId: string | undefined): LoadBalancer {
    const loadBalancer = this.find(arn);
    checkPool(ipv4IpamPoolId, loadBalancer.scheme);
    loadBalancer.ipv4IpamPoolId = ipv4IpamPoolId;
    return loadBalancer;
  }

  /** Reserves capacity, or ends the reservation where no units are given. */
  modifyCapacityReservation(arn: string, capacityUnits: number | undefined): LoadBalancer {
    const loadBalancer = this.find(arn);
    if (capacityUnits !== undefined && capacityUnits < FEWEST_CAPACITY_UNITS) {
      throw new AwsError(
        "InvalidConfigurationRequest",
        `The capacity units must be at least ${FEWEST_CAPACITY_UNITS}`,
      );
    }
    loadBalancer.minimumCapacityUnits = capacityUnits;
    return loadBalancer;
  }

  modifyAttributes(arn: string, change: Attributes): LoadBalancer {
    const loadBalancer = this.find(arn);
    const attributes = mergeLoadBalancerAttributes(loadBalancer.attributes, change);
    checkLogs(this.services, attributes, change);
    loadBalancer.attributes = attributes;
    return loadBalancer;
  }

  /** Whether there was one to delete: a load balancer that is gone already is no error. */
  delete(arn: string): boolean {
    const loadBalancer = this.records.get(arn);
    if (
      loadBalancer !== undefined &&
      isOn(loadBalancer.attributes, "deletion_protection.enabled")
    ) {
      throw new AwsError(
        "OperationNotPermitted",
        `Load balancer '${arn}' cannot be deleted because deletion protection is enabled`,
      );
    }
    return this.records.delete(arn);
  }
}
