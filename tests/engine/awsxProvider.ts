import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { sampleAccount } from "../../emulator";

/*
 * A process that answers for awsx's provider, which can't be had without the network. Its Vpc is known
 * when a resource of its own has been made; the VPC and its subnets are those that the emulator has.
 */

const { subnets } = sampleAccount();

class Vpc extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly publicSubnetIds: pulumi.Output<string[]>;

  constructor(name: string, zones: string[], options: pulumi.ComponentResourceOptions) {
    super("awsx:ec2:Vpc", name, {}, options);
    const [{ vpcId }] = subnets;
    const made = new ec2.SecurityGroup(name, { vpcId }, { parent: this });
    const inZones = subnets.filter(({ availabilityZone }) => zones.includes(availabilityZone));
    this.vpcId = made.vpcId;
    this.publicSubnetIds = made.id.apply(() => inZones.map(({ subnetId }) => subnetId));
    this.registerOutputs();
  }
}

const awsx: pulumi.provider.Provider = {
  version: "3.9.0",
  construct(name, type, { availabilityZoneNames }, options) {
    if (type !== "awsx:ec2:Vpc") throw new Error(`this provider has no ${type}`);
    const zones = availabilityZoneNames as pulumi.Input<string[]>;
    return new Promise((resolve) => {
      pulumi.output(zones).apply((known) => {
        const { urn, vpcId, publicSubnetIds } = new Vpc(name, known, options);
        resolve({ urn, state: { vpcId, publicSubnetIds } });
      });
    });
  },
};

void pulumi.provider.main(awsx, process.argv.slice(2));
