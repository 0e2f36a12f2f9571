import type * as pulumi from "@pulumi/pulumi";

/** A VPC made for the group, with one public subnet in each zone. */
export interface DedicatedNetwork {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: pulumi.Output<string[]>;
}

/** Makes the VPC by awsx, which is loaded only here: most stacks stand in networks that exist. */
export async function createDedicatedNetwork(
  name: string,
  zones: string[],
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>,
): Promise<DedicatedNetwork> {
  const { Vpc, SubnetType, NatGatewayStrategy } = await loadAwsx();
  const vpc = new Vpc(`${name}-network`, {
    availabilityZoneNames: zones,
    subnetSpecs: [{ type: SubnetType.Public }],
    natGateways: { strategy: NatGatewayStrategy.None },
    enableDnsHostnames: true,
    tags,
  });
  return { vpcId: vpc.vpcId, subnetIds: vpc.publicSubnetIds };
}

async function loadAwsx() {
  try {
    return await import("@pulumi/awsx/ec2");
  } catch (error) {
    throw new Error("a dedicated network is made by awsx: npm install @pulumi/awsx", {
      cause: error,
    });
  }
}
