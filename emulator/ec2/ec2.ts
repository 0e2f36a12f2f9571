import {
  AwsError,
  type Certificate,
  type AccountServices,
  type Instance,
  type LambdaFunction,
  type LoadBalancer,
  type Subnet,
  type TrustStore,
} from "../aws";
import { Buckets } from "../s3/buckets";
import { type Filter, matching } from "./filters";
import { newInstance } from "./instances";
import { LaunchTemplates } from "./launchTemplates";
import {
  interfaceOfInstance,
  interfacesOfLoadBalancer,
  type NetworkInterface,
} from "./networkInterfaces";
import { SecurityGroups } from "./securityGroups";
import {
  type Account,
  type SecurityGroup,
  type ServerCertificate,
  type Vpc,
} from "../sampleAccount";
import { WebAcls } from "../webAcls";

/** A route table of a VPC. */
interface RouteTable {
  readonly routeTableId: string;
  readonly vpcId: string;
  readonly routes: readonly { readonly cidrBlock: string; readonly gatewayId: string }[];
}

const gatewayOf = (vpcId: string) => vpcId.replace(/^vpc/, "igw");

/** EC2 of one account and region: what is there, and the security groups that come and go. */
export class EmulatedEc2 implements AccountServices {
  readonly region: string;
  readonly accountId: string;
  readonly securityGroups: SecurityGroups;
  readonly webAcls: WebAcls;
  readonly buckets: Buckets;
  readonly launchTemplates = new LaunchTemplates();

  /** EC2 does not delete a security group that a load balancer uses: `usesSecurityGroup` says so. */
  constructor(
    private readonly account: Account,
    usesSecurityGroup: (groupId: string) => boolean,
    private readonly loadBalancers: () => LoadBalancer[] = () => [],
  ) {
    this.region = account.region;
    this.accountId = account.accountId;
    this.securityGroups = new SecurityGroups(
      account.securityGroups,
      (groupId) => usesSecurityGroup(groupId) || this.isUsedByInstance(groupId),
    );
    this.buckets = new Buckets(account.logBuckets);
    this.webAcls = new WebAcls(account.webAcls, (arn) =>
      loadBalancers().some(({ loadBalancerArn }) => loadBalancerArn === arn),
    );
  }

  subnet(subnetId: string): Subnet {
    const found = this.account.subnets.find((subnet) => subnet.subnetId === subnetId);
    return found ?? notFound("InvalidSubnetID", `The subnet ID '${subnetId}' does not exist`);
  }

  vpc(vpcId: string): Vpc {
    const found = this.account.vpcs.find((vpc) => vpc.vpcId === vpcId);
    return found ?? notFound("InvalidVpcID", `The vpc ID '${vpcId}' does not exist`);
  }

  securityGroup(groupId: string): SecurityGroup {
    return this.securityGroups.describe(groupId);
  }

  /** EC2 puts a group that names no VPC into the default one. */
  createSecurityGroup(input: {
    groupName: string;
    description: string;
    vpcId?: string;
  }): SecurityGroup {
    const { groupName, description } = input;
    const vpcId = input.vpcId === undefined ? this.defaultVpc().vpcId : this.vpc(input.vpcId).vpcId;
    return this.securityGroups.create({ groupName, description, vpcId });
  }

  /** One that could be run in the subnet; in the VPC's default security group where none is named. */
  newInstance(subnetId: string, securityGroupIds: readonly string[]): Instance {
    const subnet = this.subnet(subnetId);
    const named = securityGroupIds.map((groupId) => this.securityGroup(groupId));
    const stranger = named.find(({ vpcId }) => vpcId !== subnet.vpcId);
    if (stranger !== undefined) {
      throw new AwsError(
        "InvalidParameter",
        `Security group ${stranger.groupId} and subnet ${subnetId} belong to different networks.`,
      );
    }
    const ofVpc = this.securityGroups.find([{ name: "vpc-id", values: [subnet.vpcId] }]);
    const groups =
      named.length > 0 ? named : ofVpc.filter(({ groupName }) => groupName === "default");
    return newInstance(
      subnet,
      groups.map(({ groupId }) => groupId),
      this.account.instances,
    );
  }

  findInstance(instanceId: string): Instance | undefined {
    return this.account.instances.find((instance) => instance.instanceId === instanceId);
  }

  findInstanceByIp(vpcId: string, ipAddress: string): Instance | undefined {
    return this.account.instances.find(
      ({ vpcId: home, privateIpAddress, ipv6Address }) =>
        home === vpcId && [privateIpAddress, ipv6Address].includes(ipAddress),
    );
  }

  findFunction(functionArn: string): LambdaFunction | undefined {
    return this.account.functions.find((one) => one.functionArn === functionArn);
  }

  findCertificate(certificateArn: string): Certificate | undefined {
    const inIam = this.account.serverCertificates.map(({ arn }) => uploaded(arn));
    return [...this.account.certificates, ...inIam].find(
      (one) => one.certificateArn === certificateArn,
    );
  }

  findTrustStore(trustStoreArn: string): TrustStore | undefined {
    return this.account.trustStores.find((one) => one.trustStoreArn === trustStoreArn);
  }

  serverCertificates(): ServerCertificate[] {
    return [...this.account.serverCertificates];
  }

  /** What a quota was raised to; undefined where it was not. */
  raisedQuota(quotaCode: string): number | undefined {
    return this.account.raisedQuotas[quotaCode];
  }

  deliverLog(bucket: string, key: string): boolean {
    return this.buckets.write("logdelivery.elasticloadbalancing.amazonaws.com", bucket, key);
  }

  isBlocked(loadBalancerArn: string, path: string): boolean {
    const webAcl = this.webAcls.find(loadBalancerArn);
    return webAcl !== undefined && path.startsWith(webAcl.blockedPath);
  }

  availabilityZones(): string[] {
    return [...this.account.availabilityZones];
  }

  describeVpcs(filters: Filter[]): Vpc[] {
    return matching(this.account.vpcs, filters, {
      "vpc-id": (vpc) => vpc.vpcId,
      "is-default": (vpc) => String(vpc.isDefault),
      cidr: (vpc) => vpc.cidrBlock,
    });
  }

  /** The main route table of each VPC. */
  describeRouteTables(filters: Filter[]): RouteTable[] {
    const tables = this.account.vpcs.map(({ vpcId, cidrBlock }) => ({
      routeTableId: vpcId.replace(/^vpc/, "rtb"),
      vpcId,
      routes: [
        { cidrBlock, gatewayId: "local" },
        { cidrBlock: "0.0.0.0/0", gatewayId: gatewayOf(vpcId) },
      ],
    }));
    return matching(tables, filters, {
      "vpc-id": (table) => table.vpcId,
      "association.main": () => "true",
      // No subnet has a route table of its own.
      "association.subnet-id": () => undefined,
    });
  }

  /** The internet gateway of each VPC. */
  describeInternetGateways(filters: Filter[]): { readonly internetGatewayId: string }[] {
    const gateways = this.account.vpcs.map(({ vpcId }) => ({
      internetGatewayId: gatewayOf(vpcId),
      vpcId,
    }));
    return matching(gateways, filters, {
      "attachment.vpc-id": ({ vpcId }) => vpcId,
      "internet-gateway-id": ({ internetGatewayId }) => internetGatewayId,
    });
  }

  describeSubnets(filters: Filter[]): Subnet[] {
    return matching(this.account.subnets, filters, {
      "subnet-id": (subnet) => subnet.subnetId,
      "vpc-id": (subnet) => subnet.vpcId,
      "availability-zone": (subnet) => subnet.availabilityZone,
      "default-for-az": (subnet) => String(subnet.defaultForAz),
    });
  }

  describeInstances(filters: Filter[]): Instance[] {
    return matching(this.account.instances, filters, {
      "instance-id": (instance) => instance.instanceId,
      "vpc-id": (instance) => instance.vpcId,
      "availability-zone": (instance) => instance.availabilityZone,
      "instance-state-name": (instance) => instance.state,
      "instance.group-id": (instance) => instance.securityGroupIds,
      "network-interface.ipv6-addresses.is-primary-ipv6": ({ ipv6Address }) =>
        ipv6Address && "true",
      // Amazon EC2 Auto Scaling adds this tag to its instances.
      "tag:aws:autoscaling:groupName": ({ instanceId }) =>
        this.account.autoScalingGroups.find(({ instanceIds }) => instanceIds.includes(instanceId))
          ?.autoScalingGroupName,
    });
  }

  describeNetworkInterfaces(filters: Filter[]): NetworkInterface[] {
    const interfaces = [
      ...this.account.instances.filter(isThere).map(interfaceOfInstance),
      ...this.loadBalancers().flatMap((loadBalancer) =>
        interfacesOfLoadBalancer(loadBalancer, (id) => this.subnet(id)),
      ),
    ];
    return matching(interfaces, filters, {
      "network-interface-id": (one) => one.networkInterfaceId,
      "attachment.instance-id": (one) => one.attachment?.instanceId,
      "attachment.device-index": (one) => one.attachment?.deviceIndex.toString(),
      description: (one) => one.description,
      "subnet-id": (one) => one.subnetId,
      "vpc-id": (one) => one.vpcId,
    });
  }

  private defaultVpc(): Vpc {
    const found = this.account.vpcs.find((vpc) => vpc.isDefault);
    if (found === undefined) {
      throw new AwsError("VPCIdNotSpecified", "No default VPC for this user");
    }
    return found;
  }

  private isUsedByInstance(groupId: string): boolean {
    return this.account.instances
      .filter(isThere)
      .some((instance) => instance.securityGroupIds.includes(groupId));
  }
}

/** EC2 shows a terminated instance for a while, though it has nothing any more. */
const isThere = ({ state }: Instance) => state !== "terminated";

function notFound(kind: string, message: string): never {
  throw new AwsError(`${kind}.NotFound`, message);
}

/** What a listener makes of a certificate in IAM, of whose names the account has no note. */
function uploaded(certificateArn: string): Certificate {
  return { certificateArn, domainNames: [], status: "ISSUED" };
}
