import {
  AwsError,
  type Certificate,
  type AccountServices,
  type Instance,
  type LambdaFunction,
  type Subnet,
  type TrustStore,
} from "../../aws";

export const CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/one";
export const OTHER_CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/two";

const subnet = (
  subnetId: string,
  vpcId: string,
  zone: string,
  { free = 200, ipv6CidrBlock }: { free?: number; ipv6CidrBlock?: string } = {},
): Subnet => ({
  subnetId,
  vpcId,
  availabilityZone: `eu-west-1${zone}`,
  cidrBlock: "10.0.0.0/24",
  ipv6CidrBlock,
  availableIpAddressCount: free,
  defaultForAz: true,
});

/** The network that the tests of load balancing stand on, kept in memory. */
export class TestAccount implements AccountServices {
  readonly region = "eu-west-1";
  readonly accountId = "123456789012";
  readonly delivered: string[] = [];
  readonly instances = new Map<string, Instance>();
  readonly functions = new Map<string, LambdaFunction>();
  readonly certificates: Certificate[] = [
    { certificateArn: CERTIFICATE, domainNames: ["www.example.com"], status: "ISSUED" },
    {
      certificateArn: OTHER_CERTIFICATE,
      domainNames: ["shop.example.com", "*.shop.example.com"],
      status: "ISSUED",
    },
  ];
  readonly trustStores: TrustStore[] = [];
  private readonly subnets = [
    subnet("subnet-a", "vpc-1", "a"),
    subnet("subnet-b", "vpc-1", "b"),
    subnet("subnet-a2", "vpc-1", "a"),
    subnet("subnet-c", "vpc-1", "c"),
    { ...subnet("subnet-small", "vpc-1", "c"), cidrBlock: "10.0.0.0/28" },
    subnet("subnet-full", "vpc-1", "c", { free: 7 }),
    subnet("subnet-6a", "vpc-1", "a", { ipv6CidrBlock: "2001:db8:0:1::/64" }),
    subnet("subnet-6b", "vpc-1", "b", { ipv6CidrBlock: "2001:db8:0:2::/64" }),
    subnet("subnet-elsewhere", "vpc-2", "b"),
  ];

  subnet(subnetId: string): Subnet {
    const found = this.subnets.find((candidate) => candidate.subnetId === subnetId);
    if (found === undefined) {
      throw new AwsError("InvalidSubnetID.NotFound", `no subnet ${subnetId}`);
    }
    return found;
  }

  securityGroup(groupId: string) {
    const vpcId = { "sg-1": "vpc-1", "sg-elsewhere": "vpc-2" }[groupId];
    if (vpcId === undefined) {
      throw new AwsError("InvalidGroup.NotFound", `no group ${groupId}`);
    }
    return { groupId, vpcId };
  }

  vpc(vpcId: string) {
    if (!["vpc-1", "vpc-2"].includes(vpcId)) {
      throw new AwsError("InvalidVpcID.NotFound", `no VPC ${vpcId}`);
    }
    return { vpcId, cidrBlock: "10.0.0.0/16", ipv6CidrBlock: "2001:db8:1::/56" };
  }

  findInstance(instanceId: string): Instance | undefined {
    return this.instances.get(instanceId);
  }

  findInstanceByIp(vpcId: string, ipAddress: string): Instance | undefined {
    return [...this.instances.values()].find(
      ({ vpcId: home, privateIpAddress, ipv6Address }) =>
        home === vpcId && [privateIpAddress, ipv6Address].includes(ipAddress),
    );
  }

  findFunction(functionArn: string): LambdaFunction | undefined {
    return this.functions.get(functionArn);
  }

  findCertificate(certificateArn: string): Certificate | undefined {
    return this.certificates.find((one) => one.certificateArn === certificateArn);
  }

  findTrustStore(trustStoreArn: string): TrustStore | undefined {
    return this.trustStores.find((one) => one.trustStoreArn === trustStoreArn);
  }

  isBlocked(_loadBalancerArn: string, path: string): boolean {
    return path.startsWith("/blocked");
  }

  deliverLog(bucket: string, key: string): boolean {
    this.delivered.push(`${bucket}/${key}`);
    return bucket === "logs";
  }

  /** Adds a running server in zone a, with the ports of this machine that it is found on. */
  addInstance(instanceId: string, ports: [number, number][], change: Partial<Instance> = {}) {
    const instance: Instance = {
      instanceId,
      subnetId: "subnet-a",
      vpcId: "vpc-1",
      availabilityZone: "eu-west-1a",
      privateIpAddress: `10.0.0.${10 + this.instances.size}`,
      securityGroupIds: [],
      state: "running",
      ports: new Map(ports),
      ...change,
    };
    this.instances.set(instanceId, instance);
    return instance;
  }
}
