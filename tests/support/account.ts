/** A small model of an account, as far as a group asks about it. */
export interface Account {
  readonly vpcs: readonly {
    id: string;
    isDefault?: boolean;
    cidrBlocks: string[];
    ipv6CidrBlocks?: string[];
    /** Blocks that are being disassociated. */
    endingCidrBlocks?: string[];
  }[];
  readonly subnets: readonly SubnetModel[];
  readonly instances: Readonly<Record<string, InstanceModel>>;
  readonly zones: readonly string[];
  readonly securityGroups: Readonly<Record<string, SecurityGroupModel>>;
  readonly accountId: string;
  /** Certificates in IAM, by their names. */
  readonly serverCertificates?: Readonly<Record<string, { arn: string; expirationDate: string }>>;
  /** Quotas that are not the default, by their codes. */
  readonly quotas?: Readonly<Record<string, number>>;
  /** Hosted zones by their ids. */
  /** The names of the Auto Scaling groups. Without a list, all exist. */
  readonly autoScalingGroups?: readonly string[];
  readonly hostedZones?: Readonly<Record<string, { name: string; privateZone?: boolean }>>;
  /** Load balancers' names, each with the subnets in which it stands. */
  readonly loadBalancers?: Readonly<Record<string, readonly string[]>>;
  /** The routes of subnets, by their ids; the main route table has a route to an internet gateway. */
  readonly routes?: Readonly<Record<string, readonly object[]>>;
  /** VPCs without an internet gateway. */
  readonly isolatedVpcs?: readonly string[];
  /** What exists in Elastic Load Balancing, by ARN, as its functions return it; rules by listener and priority. */
  readonly loadBalancing?: Readonly<Record<string, object>>;
  /** Buckets, each with its region and policy. Without them, all exist and take logs. */
  readonly buckets?: Readonly<Record<string, { region?: string; policy?: string }>>;
  /** The ARNs of web ACLs. Without a list, all exist. */
  readonly webAcls?: readonly string[];
  /** The actions that the credentials lack. */
  readonly denied?: readonly string[];
}

interface SubnetModel {
  readonly id: string;
  readonly vpcId: string;
  readonly zone: string;
  readonly defaultForAz?: boolean;
  readonly cidrBlock?: string;
  readonly ipv6CidrBlock?: string;
  readonly free?: number;
  readonly outpostArn?: string;
}

/** A rule of a security group, by which it can be asked for: `sg-1/0`. */
type RuleModel = Readonly<Record<string, unknown>>;

interface SecurityGroupModel {
  readonly vpcId?: string;
  readonly rules?: readonly RuleModel[];
}

interface InstanceModel {
  readonly zone: string;
  readonly vpcId?: string;
  readonly state?: string;
  readonly securityGroups?: readonly string[];
  readonly privateIp?: string;
  readonly hasIpv6?: boolean;
  readonly autoScalingGroup?: string;
}

export const DEFAULT_VPC = "vpc-default";

export const TRUST_STORE =
  "arn:aws:elasticloadbalancing:us-west-2:123456789012:truststore/clients/0123456789abcdef";

export const ANYWHERE = { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0", fromPort: -1, toPort: -1 };
export const IN = { isEgress: false };
export const OUT = { isEgress: true };

/** A security group of a web server: HTTP and HTTPS in, everything out. */
const WEB = {
  rules: [
    { ...IN, ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "0.0.0.0/0" },
    { ...IN, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" },
    { ...OUT, ...ANYWHERE },
  ],
};

/** A default VPC with a subnet in each of three zones, and two servers that are open to everyone. */
export const ACCOUNT: Account = {
  vpcs: [
    {
      id: DEFAULT_VPC,
      isDefault: true,
      cidrBlocks: ["172.31.0.0/16"],
      ipv6CidrBlocks: ["2001:db8::/56"],
    },
  ],
  subnets: ["a", "b", "c"].map((letter) => ({
    id: `subnet-${letter}`,
    vpcId: DEFAULT_VPC,
    zone: `us-west-2${letter}`,
    defaultForAz: true,
    cidrBlock: `172.31.${16 * "abc".indexOf(letter)}.0/20`,
    ipv6CidrBlock: `2600:1f14:1:${letter}::/64`,
    free: 4000,
  })),
  instances: { "i-1": { zone: "us-west-2a" }, "i-2": { zone: "us-west-2b" } },
  zones: ["us-west-2a", "us-west-2b", "us-west-2c"],
  securityGroups: {
    "sg-1": WEB,
    "sg-2": WEB,
    "sg-9": WEB,
    "sg-3": WEB,
    "sg-t": WEB,
    "sg-open": { rules: [{ ...IN, ...ANYWHERE }] },
  },
  accountId: "123456789012",
  hostedZones: { Z1: { name: "example.com" }, Z2: { name: "example.com" }, Z3: { name: "key" } },
  loadBalancing: { [TRUST_STORE]: {} },
};

/** How an invoke is answered. */
export type Answer = (
  token: string,
  inputs: Readonly<Record<string, unknown>>,
) => object | Promise<object>;

/** What AWS's provider answers for an account; a function that the group does not know is an error. */
export function answersOf(account: Account): Answer {
  const answers: Record<string, [action: string, answer: (inputs: Inputs) => object]> = {
    "aws:ec2/getVpc:getVpc": ["ec2:DescribeVpcs", (i) => vpc(account, i)],
    "aws:ec2/getSubnet:getSubnet": ["ec2:DescribeSubnets", (i) => subnet(account, i)],
    "aws:ec2/getSubnets:getSubnets": ["ec2:DescribeSubnets", (i) => ({ ids: subnets(account, i) })],
    "aws:ec2/getInstances:getInstances": [
      "ec2:DescribeInstances",
      (i) => ({ ids: instances(account, i) }),
    ],
    "aws:autoscaling/getAmiIds:getAmiIds": [
      "autoscaling:DescribeAutoScalingGroups",
      ({ names = [] }) => ({
        names: names.filter((name) => account.autoScalingGroups?.includes(name) ?? true),
      }),
    ],
    "aws:ec2/getRouteTable:getRouteTable": [
      "ec2:DescribeRouteTables",
      (i) => routeTable(account, i),
    ],
    "aws:ec2/getInternetGateway:getInternetGateway": [
      "ec2:DescribeInternetGateways",
      (i) => internetGateway(account, i),
    ],
    "aws:index/getAvailabilityZones:getAvailabilityZones": [
      "ec2:DescribeAvailabilityZones",
      () => ({ names: account.zones }),
    ],
    "aws:index/getCallerIdentity:getCallerIdentity": [
      "sts:GetCallerIdentity",
      () => ({ accountId: account.accountId }),
    ],
    "aws:ec2/getSecurityGroups:getSecurityGroups": [
      "ec2:DescribeSecurityGroups",
      (i) => securityGroups(account, i),
    ],
    "aws:vpc/getSecurityGroupRules:getSecurityGroupRules": [
      "ec2:DescribeSecurityGroupRules",
      (i) => ({ ids: rules(account, i) }),
    ],
    "aws:vpc/getSecurityGroupRule:getSecurityGroupRule": [
      "ec2:DescribeSecurityGroupRules",
      (i) => rule(account, i),
    ],
    "aws:ec2/getNetworkInterface:getNetworkInterface": [
      "ec2:DescribeNetworkInterfaces",
      (i) => networkInterface(account, i),
    ],
    "aws:ec2/getNetworkInterfaces:getNetworkInterfaces": [
      "ec2:DescribeNetworkInterfaces",
      (i) => ({ ids: networkInterfaces(account, i) }),
    ],
    "aws:iam/getServerCertificate:getServerCertificate": [
      "iam:ListServerCertificates",
      (i) => serverCertificate(account, i),
    ],
    "aws:route53/getZone:getZone": ["route53:GetHostedZone", (i) => hostedZone(account, i)],
    "aws:servicequotas/getServiceQuota:getServiceQuota": [
      "servicequotas:GetServiceQuota",
      ({ quotaCode = "" }) => ({ value: account.quotas?.[quotaCode] ?? 1000 }),
    ],
    "aws:lb/getLoadBalancer:getLoadBalancer": [
      "elasticloadbalancing:DescribeLoadBalancers",
      (i) => loadBalancing(account, i),
    ],
    "aws:lb/getTargetGroup:getTargetGroup": [
      "elasticloadbalancing:DescribeTargetGroups",
      (i) => loadBalancing(account, i),
    ],
    "aws:lb/getListener:getListener": [
      "elasticloadbalancing:DescribeListeners",
      (i) => loadBalancing(account, i),
    ],
    "aws:lb/getListenerRule:getListenerRule": [
      "elasticloadbalancing:DescribeRules",
      (i) => loadBalancing(account, i),
    ],
    "aws:lb/getTrustStore:getTrustStore": [
      "elasticloadbalancing:DescribeTrustStores",
      (i) => loadBalancing(account, i, "no matching ELBv2 Trust Store found"),
    ],
    "aws:s3/getBucket:getBucket": ["s3:ListBucket", (i) => bucket(account, i)],
    "aws:s3/getBucketPolicy:getBucketPolicy": [
      "s3:GetBucketPolicy",
      (i) => bucketPolicy(account, i),
    ],
    "aws:wafv2/getWebAcl:getWebAcl": ["wafv2:ListWebACLs", (i) => webAcl(account, i)],
  };
  return (token, inputs) => {
    if (!Object.hasOwn(answers, token)) throw refusal(`unknown function ${token}`);
    const [action, answer] = answers[token];
    if (account.denied?.includes(action) === true) {
      throw refusal(`operation error: UnauthorizedOperation: not authorized for ${action}`);
    }
    return answer(inputs);
  };
}

interface Inputs {
  readonly bucket?: string;
  readonly id?: string;
  readonly listenerArn?: string;
  readonly priority?: number;
  readonly arn?: string;
  readonly default?: boolean;
  readonly name?: string;
  readonly quotaCode?: string;
  readonly zoneId?: string;
  readonly subnetId?: string;
  readonly securityGroupRuleId?: string;
  readonly filters?: { name: string; values: string[] }[];
  readonly instanceStateNames?: string[];
  readonly names?: string[];
}

function vpc({ vpcs }: Account, { id, default: isDefault }: Inputs): object {
  const found = vpcs.find((one) => (isDefault === true ? one.isDefault === true : one.id === id));
  if (found === undefined) throw refusal("no matching EC2 VPC found");
  return {
    id: found.id,
    cidrBlock: found.cidrBlocks[0],
    cidrBlockAssociations: [
      ...found.cidrBlocks.map((cidrBlock) => ({ cidrBlock, state: "associated" })),
      ...(found.endingCidrBlocks ?? []).map((cidrBlock) => ({
        cidrBlock,
        state: "disassociating",
      })),
    ],
    ipv6CidrBlockAssociations: found.ipv6CidrBlocks?.map((ipv6CidrBlock) => ({ ipv6CidrBlock })),
  };
}

function subnet(account: Account, { id }: Inputs): object {
  const found = account.subnets.find((one) => one.id === id);
  if (found === undefined) throw refusal("InvalidSubnetID.NotFound: no such subnet");
  const { vpcId, zone: availabilityZone, free: availableIpAddressCount } = found;
  const { cidrBlock, ipv6CidrBlock = "", outpostArn = "" } = found;
  const addresses = { cidrBlock, ipv6CidrBlock, availableIpAddressCount };
  return { id, vpcId, availabilityZone, outpostArn, ...addresses };
}

function bucket({ buckets }: Account, { bucket: name = "" }: Inputs): object {
  if (buckets !== undefined && !Object.hasOwn(buckets, name)) {
    throw refusal(`reading S3 Bucket (${name}): couldn't find resource`);
  }
  return { bucket: name, bucketRegion: buckets?.[name].region ?? "us-west-2", region: "us-west-2" };
}

function bucketPolicy({ buckets }: Account, { bucket: name = "" }: Inputs): object {
  const Principal = { Service: "logdelivery.elasticloadbalancing.amazonaws.com" };
  const Resource = `arn:aws:s3:::${name}/*`;
  const statement = { Effect: "Allow", Principal, Action: "s3:PutObject", Resource };
  const policy = buckets === undefined ? policyWith(statement) : buckets[name].policy;
  if (policy === undefined) {
    throw refusal(`reading S3 Bucket (${name}) Policy: couldn't find resource`);
  }
  return { policy };
}

/** A policy of one statement. */
export function policyWith(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function webAcl({ webAcls }: Account, { name = "" }: Inputs): object {
  const arn = webAcls?.find((one) => one.split("/")[2] === name);
  if (webAcls !== undefined && arn === undefined) {
    throw refusal(`WAFv2 WebACL not found for name: ${name}`);
  }
  return arn === undefined ? {} : { arn };
}

function routeTable({ routes = {} }: Account, { subnetId }: Inputs): object {
  if (subnetId === undefined) {
    return { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1", natGatewayId: "" }] };
  }
  if (Object.hasOwn(routes, subnetId)) return { routes: routes[subnetId] };
  throw refusal("query returned no results. Please change your search criteria and try again");
}

function internetGateway({ isolatedVpcs = [] }: Account, inputs: Inputs): object {
  const [vpcId = ""] = inputs.filters?.[0].values ?? [];
  if (isolatedVpcs.includes(vpcId)) throw refusal("no matching EC2 Internet Gateway found");
  return { id: "igw-1" };
}

function loadBalancing(
  { loadBalancing: all = {} }: Account,
  { listenerArn = "", priority = 0, arn = `${listenerArn} ${priority}` }: Inputs,
  missing = "reading ELBv2: couldn't find resource",
): object {
  if (!Object.hasOwn(all, arn)) throw refusal(missing);
  return { arn, ...all[arn] };
}

function subnets(account: Account, inputs: Inputs): string[] {
  return account.subnets
    .filter((one) =>
      passes(inputs, {
        "vpc-id": one.vpcId,
        "availability-zone": one.zone,
        "default-for-az": String(one.defaultForAz ?? false),
      }),
    )
    .map((one) => one.id);
}

function instances(account: Account, inputs: Inputs): string[] {
  return Object.entries(account.instances)
    .filter(([id, one]) => {
      const attributes = {
        "instance-id": id,
        "vpc-id": one.vpcId ?? DEFAULT_VPC,
        "availability-zone": one.zone,
        "instance.group-id": one.securityGroups ?? ["sg-open"],
        "network-interface.ipv6-addresses.is-primary-ipv6": String(one.hasIpv6 ?? false),
        "tag:aws:autoscaling:groupName": one.autoScalingGroup ?? "",
      };
      const state = one.state ?? "running";
      return passes(inputs, attributes) && inputs.instanceStateNames?.includes(state) === true;
    })
    .map(([id]) => id);
}

function securityGroups(account: Account, inputs: Inputs): object {
  const found = Object.entries(account.securityGroups).filter(([id]) =>
    passes(inputs, { "group-id": id }),
  );
  return {
    ids: found.map(([id]) => id),
    vpcIds: found.map(([, { vpcId = DEFAULT_VPC }]) => vpcId),
  };
}

function rules(account: Account, inputs: Inputs): string[] {
  return Object.entries(account.securityGroups)
    .filter(([id]) => passes(inputs, { "group-id": id }))
    .flatMap(([id, group]) => (group.rules ?? []).map((_, index) => `${id}/${index}`));
}

function rule(account: Account, { securityGroupRuleId = "" }: Inputs): object {
  const [securityGroupId, index] = securityGroupRuleId.split("/");
  return { securityGroupId, ...account.securityGroups[securityGroupId].rules?.[Number(index)] };
}

function networkInterface(account: Account, inputs: Inputs): object {
  const found = Object.entries(account.instances).find(([id]) =>
    passes(inputs, { "attachment.instance-id": id, "attachment.device-index": "0" }),
  );
  if (found === undefined) throw refusal("no matching EC2 Network Interface found");
  const [, { securityGroups = ["sg-open"], privateIp = "172.31.0.10" }] = found;
  return { securityGroups, privateIp };
}

function networkInterfaces(account: Account, { filters = [] }: Inputs): string[] {
  const subnetId = filters.find(({ name }) => name === "subnet-id")?.values.at(0);
  const [like = ""] = filters.find(({ name }) => name === "description")?.values ?? [];
  return Object.entries(account.loadBalancers ?? {})
    .filter(([name, stands]) => {
      const description = `ELB app/${name}/0123456789abcdef`;
      return (
        description.startsWith(like.replace(/\*$/, "")) &&
        (subnetId === undefined || stands.includes(subnetId))
      );
    })
    .map(([name]) => `eni-${name}`);
}

function serverCertificate({ serverCertificates = {} }: Account, { name = "" }: Inputs): object {
  if (Object.hasOwn(serverCertificates, name)) return serverCertificates[name];
  throw refusal("Search for AWS IAM server certificate returned no results");
}

function hostedZone({ hostedZones = {} }: Account, { zoneId = "" }: Inputs): object {
  if (Object.hasOwn(hostedZones, zoneId)) return { id: zoneId, ...hostedZones[zoneId] };
  throw refusal("couldn't find resource");
}

/** EC2 takes at most 200 values in all filters of a call. */
const MAX_FILTER_VALUES = 200;

function passes(
  { filters = [] }: Inputs,
  attributes: Readonly<Record<string, string | readonly string[]>>,
): boolean {
  if (filters.flatMap(({ values }) => values).length > MAX_FILTER_VALUES) {
    throw refusal("FilterLimitExceeded: too many filter values");
  }
  return filters.every(({ name, values }) => {
    if (!Object.hasOwn(attributes, name)) throw refusal(`unknown filter ${name}`);
    return [attributes[name]].flat().some((one) => values.includes(one));
  });
}

/** An error as the engine reports it, with its text in `details`. */
function refusal(details: string): Error {
  return Object.assign(new Error(details), { details });
}
