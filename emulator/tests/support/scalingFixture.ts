import { TargetStates } from "../../targetStates";
import { type EmulatorFixture, GROUP, subnets, TARGET_GROUP, WEB } from "./emulatorFixture";
import type { Bag } from "./providerClient";

export const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
export const SCALING_GROUP = "aws:autoscaling/group:Group";
const ATTACHMENT = "aws:autoscaling/attachment:Attachment";

export const LAUNCH = {
  imageId: "ami-0a1b2c3d4e5f60001",
  instanceType: "t3.micro",
  vpcSecurityGroupIds: [WEB],
};

export const INTERVAL = 5000;
export const UNHEALTHY_THRESHOLD = 2;

/** A resource as the engine knows it. */
export interface Known {
  readonly id: string;
  readonly state: Bag;
  readonly inputs: Bag;
}

/** Auto Scaling groups in the emulator of a test. */
export class ScalingFixture {
  constructor(private readonly aws: EmulatorFixture) {}

  async make(settings: Bag = {}, launch: Bag = {}): Promise<Known & { readonly template: Known }> {
    const template = await this.aws.provider.make(TEMPLATE, { ...LAUNCH, ...launch }, "template");
    const made = await this.aws.provider.make(SCALING_GROUP, {
      minSize: 2,
      maxSize: 6,
      vpcZoneIdentifiers: subnets.slice(0, 2),
      launchTemplate: { id: template.id, version: "$Latest" },
      ...settings,
    });
    return { ...made, template };
  }

  async change(known: Known, news: Bag): Promise<Known> {
    const { id } = known;
    const inputs = { ...known.inputs, ...news };
    const state = await this.aws.provider.update(SCALING_GROUP, id, known.state, inputs);
    return { id, state, inputs };
  }

  inService(name: string): string[] {
    return [...this.aws.emulator.autoScaling.group(name).instanceIds];
  }

  zones(name: string): (string | undefined)[] {
    const { ec2 } = this.aws.emulator;
    return this.inService(name).map((id) => ec2.findInstance(id)?.availabilityZone);
  }

  /** A target group behind a listener to which the Auto Scaling group is attached, when all is healthy. */
  async attach(name: string): Promise<{ arn: string; states: TargetStates }> {
    const { provider, emulator } = this.aws;
    const states = new TargetStates(emulator, () => undefined);
    const { listener } = await this.aws.makeListener();
    const healthCheck = {
      interval: INTERVAL / 1000,
      timeout: 2,
      unhealthyThreshold: UNHEALTHY_THRESHOLD,
    };
    const { id: arn } = await provider.make(
      TARGET_GROUP,
      { ...GROUP, deregistrationDelay: 1, healthCheck },
      "attached",
    );
    await emulator.elb.modifyListener(listener.id, {
      port: 80,
      protocol: "HTTP",
      defaultAction: { type: "forward", targetGroupArn: arn },
    });
    await provider.make(ATTACHMENT, { autoscalingGroupName: name, lbTargetGroupArn: arn });
    await states.until(this.inService(name), "healthy", new AbortController().signal);
    return { arn, states };
  }

  /** Of a target group, without those that drain. */
  registered(arn: string): string[] {
    return this.aws.emulator.elb
      .describeTargetHealth(arn)
      .filter(({ state }) => state !== "draining")
      .map(({ target }) => target.id)
      .sort();
  }
}
