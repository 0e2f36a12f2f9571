import { InstanceType } from "@pulumi/aws/types/enums/ec2";
import { AwsError, type ElasticLoadBalancing, type Instance } from "../aws";
import type { EmulatedEc2 } from "../ec2/ec2";
import type { Account, AutoScalingGroup } from "../sampleAccount";
import { Capacity } from "./capacity";
import { Fleet, type Machine } from "./fleet";
import { ScalingPolicies } from "./policies";
import {
  changedSettings,
  invalid,
  newSettings,
  type GroupSettings,
  type NewSettings,
} from "./settings";

/**
 * EC2 Auto Scaling of one account: groups that launch instances and register them with the target
 * groups that are attached. A group's capacity changes on request only, never by load.
 */
export class EmulatedAutoScaling {
  readonly policies: ScalingPolicies;
  private readonly fleet: Fleet;
  private readonly capacity: Capacity;

  constructor(
    private readonly account: Account,
    private readonly ec2: EmulatedEc2,
    elb: ElasticLoadBalancing,
    machine: Machine,
  ) {
    this.policies = new ScalingPolicies(elb);
    this.fleet = new Fleet(account, elb, machine);
    this.capacity = new Capacity(account, ec2, elb, this.fleet);
  }

  describeGroup(name: string): AutoScalingGroup | undefined {
    return this.account.autoScalingGroups.find((group) => group.autoScalingGroupName === name);
  }

  describeGroups(): AutoScalingGroup[] {
    return [...this.account.autoScalingGroups];
  }

  /** Its instances are launched afterwards: `settled` resolves when they run. */
  createGroup(
    autoScalingGroupName: string,
    input: NewSettings & { readonly targetGroupArns: readonly string[] },
  ): void {
    const { targetGroupArns, ...wanted } = input;
    const settings = newSettings(wanted);
    if (this.describeGroup(autoScalingGroupName) !== undefined) {
      throw new AwsError(
        "AlreadyExists",
        `AutoScalingGroup by this name already exists - A group with the name ${autoScalingGroupName} already exists`,
      );
    }
    this.tryLaunch(settings);
    for (const arn of targetGroupArns) this.checkTargetGroup(arn);
    const group = {
      autoScalingGroupName,
      instanceIds: [],
      targetGroupArns: [...targetGroupArns],
      settings,
    };
    this.account.autoScalingGroups.push(group);
    this.capacity.satisfy(group);
  }

  updateGroup(name: string, change: Partial<GroupSettings>): void {
    const group = this.group(name);
    if (group.settings === undefined) throw invalid("A group without settings has none to change");
    const settings = changedSettings(group.settings, change);
    // A group that is emptied launches nothing, whatever has become of its template.
    if (settings.maxSize > 0) this.tryLaunch(settings);
    group.settings = settings;
    this.capacity.satisfy(group);
  }

  /** What a scaling policy does, or a person in the console. */
  setDesiredCapacity(name: string, desiredCapacity: number): void {
    this.updateGroup(name, { desiredCapacity });
  }

  /** Replaces the instances that were launched from another version of the template. */
  startInstanceRefresh(name: string): void {
    this.capacity.refresh(this.group(name));
  }

  /** Resolves when the group has launched and taken out of service what it had to; to what failed. */
  settled(name: string): Promise<string | undefined> {
    return this.capacity.settled(this.group(name));
  }

  /** Resolves when the last instance has been terminated. */
  async drained(name: string): Promise<void> {
    const group = this.group(name);
    await this.fleet.until(() => this.fleet.isEmpty(group));
  }

  async deleteGroup(name: string, { force }: { readonly force: boolean }): Promise<void> {
    const group = this.group(name);
    if (!force && !this.fleet.isEmpty(group)) {
      throw new AwsError(
        "ResourceInUse",
        "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.",
      );
    }
    await this.capacity.settled(group);
    await Promise.all([...group.instanceIds].map((id) => this.fleet.terminate(group, id)));
    for (const { policyName } of this.policies.of(name)) this.policies.delete(name, policyName);
    this.account.autoScalingGroups.splice(this.account.autoScalingGroups.indexOf(group), 1);
  }

  /** Registers the instances of the group; of a target group that is attached already, nothing comes. */
  attachTargetGroup(name: string, targetGroupArn: string): void {
    const group = this.group(name);
    this.checkTargetGroup(targetGroupArn);
    if (!group.targetGroupArns.includes(targetGroupArn)) this.fleet.attach(group, targetGroupArn);
  }

  detachTargetGroup(name: string, targetGroupArn: string): void {
    const group = this.group(name);
    if (!group.targetGroupArns.includes(targetGroupArn)) {
      throw invalid("Trying to remove Target Groups that are not part of the group");
    }
    this.fleet.detach(group, targetGroupArn);
  }

  /** The group launches this instance; it serves when the promise resolves, and is registered. */
  async launch(name: string, instance: Instance): Promise<void> {
    await this.fleet.launch(this.group(name), instance);
  }

  /** The group terminates an instance: it is deregistered, and stops when it has served all requests. */
  async terminate(name: string, instanceId: string): Promise<void> {
    const group = this.group(name);
    if (!group.instanceIds.includes(instanceId)) {
      throw invalid(
        `Instance Id not found - No managed instance found for instance ID ${instanceId}`,
      );
    }
    await this.fleet.terminate(group, instanceId);
  }

  group(name: string): AutoScalingGroup {
    const found = this.describeGroup(name);
    if (found === undefined) {
      throw invalid(`AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`);
    }
    return found;
  }

  /** As AWS does before it takes a template; what it finds out at a launch only is refused here at once. */
  private tryLaunch({ subnetIds, launchTemplate: { id, version } }: GroupSettings): void {
    const { launchTemplates } = this.ec2;
    asInvalid("", () => subnetIds.map((subnetId) => this.ec2.subnet(subnetId)));
    asInvalid("You must use a valid fully-formed launch template. ", () => {
      const template = launchTemplates.describe(id);
      const number = launchTemplates.version(template, version);
      const { imageId, instanceType, securityGroupIds } = template.versions[number - 1];
      if (imageId === "") throw missing("ImageId");
      if (instanceType === "") throw missing("InstanceType");
      if (!INSTANCE_TYPES.has(instanceType)) throw unknownType(instanceType);
      for (const subnetId of subnetIds) this.ec2.newInstance(subnetId, securityGroupIds);
    });
  }

  private checkTargetGroup(arn: string): void {
    const type = this.fleet.targetTypeOf(arn);
    if (type === undefined) {
      throw invalid(
        "Provided Target Groups may not be valid. Please ensure they exist and try again.",
      );
    }
    if (type !== "instance") {
      throw invalid(`Target groups of an Auto Scaling group must be of type instance, not ${type}`);
    }
  }
}

const INSTANCE_TYPES: ReadonlySet<string> = new Set(Object.values(InstanceType));

const missing = (parameter: string) =>
  new AwsError("MissingParameter", `The request must contain the parameter ${parameter}`);

const unknownType = (instanceType: string) =>
  new AwsError("InvalidParameterValue", `Invalid value '${instanceType}' for InstanceType.`);

/** What EC2 refuses, Auto Scaling refuses under a code of its own. */
function asInvalid(prefix: string, ask: () => unknown): void {
  try {
    ask();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalid(prefix + error.message);
  }
}
