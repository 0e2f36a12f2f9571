import {
  type Certificate,
  type Instance,
  type LambdaFunction,
  type SecurityGroupRule,
  type Subnet,
  type TrustStore,
} from "./aws";
import type { GroupSettings } from "./autoScaling/settings";
import { type HostedZone } from "./route53";

export interface Vpc {
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly ipv6CidrBlock?: string;
  readonly isDefault: boolean;
}

/** A web ACL of AWS WAF with a single rule: it blocks requests to paths that begin so. */
export interface WebAcl {
  readonly arn: string;
  readonly blockedPath: string;
}

export interface SecurityGroup {
  readonly groupId: string;
  readonly groupName: string;
  readonly description: string;
  readonly vpcId: string;
  readonly rules: SecurityGroupRule[];
}

/** A certificate in IAM. */
export interface ServerCertificate {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  /** As in RFC 3339. */
  readonly expirationDate: string;
}

/** An Auto Scaling group, and which of its instances are in service. */
export interface AutoScalingGroup {
  readonly autoScalingGroupName: string;
  readonly instanceIds: string[];
  readonly targetGroupArns: string[];
  /** Missing where a group is put into the account, whose instances come and go as they are told. */
  settings?: GroupSettings;
}

/** What is in the account before anything is deployed; plain data that a caller may add to. */
export interface Account {
  readonly region: string;
  readonly accountId: string;
  readonly availabilityZones: string[];
  readonly vpcs: Vpc[];
  readonly subnets: Subnet[];
  readonly securityGroups: SecurityGroup[];
  readonly instances: Instance[];
  readonly autoScalingGroups: AutoScalingGroup[];
  readonly functions: LambdaFunction[];
  readonly certificates: Certificate[];
  readonly hostedZones: HostedZone[];
  readonly serverCertificates: ServerCertificate[];
  readonly trustStores: TrustStore[];
  /** Quotas that are not the default, by their codes. */
  readonly raisedQuotas: Record<string, number | undefined>;
  readonly logBuckets: string[];
  readonly webAcls: WebAcl[];
}

const REGION = "us-west-2";
const ACCOUNT_ID = "123456789012";
const VPC_ID = "vpc-0d3fa117000000001";
const WEB_GROUP_ID = "sg-00000000000000eb1";
/** EC2 has four default subnets here, as an account in us-west-2 has. */
const ZONES = ["a", "b", "c", "d"].map((letter) => `${REGION}${letter}`);

/** A fresh account for each call: two emulators in one process share nothing. */
export function sampleAccount(): Account {
  const subnets = ZONES.map(defaultSubnet);
  return {
    region: REGION,
    accountId: ACCOUNT_ID,
    availabilityZones: [...ZONES],
    vpcs: [{ vpcId: VPC_ID, cidrBlock: "172.31.0.0/16", isDefault: true }],
    subnets,
    securityGroups: [defaultGroup(), webGroup()],
    instances: [
      instance("i-0a1b2c3d4e5f60001", subnets[0], "172.31.0.11"),
      instance("i-0a1b2c3d4e5f60002", subnets[1], "172.31.16.12"),
      instance("i-0a1b2c3d4e5f60003", subnets[0], "172.31.0.13"),
    ],
    autoScalingGroups: [],
    functions: [],
    certificates: [
      certificate("0e57a11c-0000-4000-8000-000000000001", "www.example.com"),
      certificate("0e57a11c-0000-4000-8000-00000000000a", "shop.example.com", "*.shop.example.com"),
    ],
    hostedZones: [
      { zoneId: "Z0EXAMPLE000000000001", name: "example.com" },
      { zoneId: "Z0EXAMPLE00000000000A", name: "example.com", isPrivate: true },
    ],
    serverCertificates: [],
    trustStores: [],
    raisedQuotas: {},
    logBuckets: ["load-balanced-group-logs"],
    webAcls: ["admin", "private"].map((name) => ({
      arn: `arn:aws:wafv2:${REGION}:${ACCOUNT_ID}:regional/webacl/${name}/0e57a11c-0000-4000-8000-000000000002`,
      blockedPath: `/${name}`,
    })),
  };
}

/** A running instance in a subnet, with no port open yet. */
export function instance(instanceId: string, subnet: Subnet, privateIpAddress: string): Instance {
  return {
    instanceId,
    subnetId: subnet.subnetId,
    vpcId: subnet.vpcId,
    availabilityZone: subnet.availabilityZone,
    privateIpAddress,
    securityGroupIds: [WEB_GROUP_ID],
    state: "running",
    ports: new Map(),
  };
}

function certificate(id: string, ...domainNames: string[]): Certificate {
  const certificateArn = `arn:aws:acm:${REGION}:${ACCOUNT_ID}:certificate/${id}`;
  return { certificateArn, domainNames, status: "ISSUED" };
}

function defaultSubnet(availabilityZone: string, position: number): Subnet {
  return {
    subnetId: `subnet-0d3fa11700000000${String.fromCharCode("a".charCodeAt(0) + position)}`,
    vpcId: VPC_ID,
    availabilityZone,
    cidrBlock: `172.31.${position * 16}.0/20`,
    availableIpAddressCount: 4091,
    defaultForAz: true,
  };
}

function defaultGroup(): SecurityGroup {
  const groupId = "sg-0de7a017000000001";
  return {
    groupId,
    groupName: "default",
    description: "default VPC security group",
    vpcId: VPC_ID,
    rules: [
      {
        securityGroupRuleId: "sgr-0de7a017000000001",
        groupId,
        isEgress: false,
        ipProtocol: "-1",
        referencedGroupId: groupId,
      },
      egressToAnywhere("sgr-0de7a017000000002", groupId),
    ],
  };
}

/** The group that the console tutorial chooses: open on port 80. */
function webGroup(): SecurityGroup {
  return {
    groupId: WEB_GROUP_ID,
    groupName: "web",
    description: "HTTP from anywhere",
    vpcId: VPC_ID,
    rules: [
      {
        securityGroupRuleId: "sgr-00000000000000eb1",
        groupId: WEB_GROUP_ID,
        isEgress: false,
        ipProtocol: "tcp",
        fromPort: 80,
        toPort: 80,
        cidrIpv4: "0.0.0.0/0",
      },
      egressToAnywhere("sgr-00000000000000eb2", WEB_GROUP_ID),
    ],
  };
}

/** The rule that AWS gives to every new security group. */
export function egressToAnywhere(securityGroupRuleId: string, groupId: string): SecurityGroupRule {
  return {
    securityGroupRuleId,
    groupId,
    isEgress: true,
    ipProtocol: "-1",
    cidrIpv4: "0.0.0.0/0",
  };
}
