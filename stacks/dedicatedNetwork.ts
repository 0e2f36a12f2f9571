import * as pulumi from "@pulumi/pulumi";
import { valueAt } from "../components/checks";

/** A new VPC for the group, with one public subnet in each zone. */
export interface DedicatedNetwork {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: pulumi.Output<string[]>;
}

/** Creates the VPC with awsx, which is loaded only here, because most stacks use an existing network. */
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
    // With the file name, because in Pulumi programs Node can't import a folder.
    return await import("@pulumi/awsx/ec2/index.js");
  } catch (error) {
    const code = valueAt(error, "code");
    if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") throw error;
    const message =
      "a dedicated network needs the package @pulumi/awsx; run npm install @pulumi/awsx";
    throw new pulumi.RunError(message);
  }
}
