import { once } from "node:events";
import { AwsError, type ElasticLoadBalancing, type Instance } from "./aws";
import type { Account, AutoScalingGroup } from "./seed";

/** What an Auto Scaling group asks of the machine: to run its instances, and to stop them. */
export interface Machine {
  start(instance: Instance): Promise<void>;
  stop(instance: Instance): Promise<void>;
}

/**
 * EC2 Auto Scaling of one account: groups whose instances are registered with the target groups that
 * are attached. Nothing scales by itself here: instances come and go as they are told.
 */
export class LocalAutoScaling {
  private readonly changes = new EventTarget();

  constructor(
    private readonly account: Account,
    private readonly elb: ElasticLoadBalancing,
    private readonly machine: Machine,
  ) {
    elb.onTargetTransition(() => this.changes.dispatchEvent(new Event("change")));
  }

  describeGroup(name: string): AutoScalingGroup | undefined {
    return this.account.autoScalingGroups.find((group) => group.autoScalingGroupName === name);
  }

  /** Registers the instances of the group; of a target group that is attached already, nothing comes. */
  attachTargetGroup(name: string, targetGroupArn: string): void {
    const group = this.group(name);
    this.checkTargetGroup(targetGroupArn);
    if (group.targetGroupArns.includes(targetGroupArn)) {
      return;
    }
    group.targetGroupArns.push(targetGroupArn);
    for (const id of group.instanceIds) {
      this.elb.registerTarget(targetGroupArn, this.target(targetGroupArn, id));
    }
  }

  detachTargetGroup(name: string, targetGroupArn: string): void {
    const group = this.group(name);
    const position = group.targetGroupArns.indexOf(targetGroupArn);
    if (position === -1) {
      throw invalid("Trying to remove Target Groups that are not part of the group");
    }
    group.targetGroupArns.splice(position, 1);
    for (const id of group.instanceIds) {
      this.elb.deregisterTarget(targetGroupArn, this.target(targetGroupArn, id));
    }
  }

  /** The group launches an instance; it serves when the promise resolves, and is registered. */
  async launch(name: string, instance: Instance): Promise<void> {
    const group = this.group(name);
    this.account.instances.push(instance);
    await this.machine.start(instance);
    group.instanceIds.push(instance.instanceId);
    for (const arn of group.targetGroupArns) {
      this.elb.registerTarget(arn, this.target(arn, instance.instanceId));
    }
  }

  /** The group terminates an instance: it is deregistered, and stops when it has served all requests. */
  async terminate(name: string, instanceId: string): Promise<void> {
    const group = this.group(name);
    const instance = this.account.instances.find((one) => one.instanceId === instanceId);
    const position = group.instanceIds.indexOf(instanceId);
    if (instance === undefined || position === -1) {
      throw invalid(
        `Instance Id not found - No managed instance found for instance ID ${instanceId}`,
      );
    }
    group.instanceIds.splice(position, 1);
    for (const arn of group.targetGroupArns) {
      this.elb.deregisterTarget(arn, this.target(arn, instanceId));
    }
    while (group.targetGroupArns.some((arn) => this.knows(arn, instanceId))) {
      await once(this.changes, "change");
    }
    instance.state = "terminated";
    await this.machine.stop(instance);
  }

  private group(name: string): AutoScalingGroup {
    const found = this.describeGroup(name);
    if (found === undefined) {
      throw invalid(`AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`);
    }
    return found;
  }

  private checkTargetGroup(arn: string): void {
    const type = this.targetTypeOf(arn);
    if (type === undefined) {
      throw invalid(
        "Provided Target Groups may not be valid. Please ensure they exist and try again.",
      );
    }
    if (type !== "instance") {
      throw invalid(`Target groups of an Auto Scaling group must be of type instance, not ${type}`);
    }
  }

  private targetTypeOf(arn: string): string | undefined {
    try {
      return this.elb.describeTargetGroup(arn).targetType;
    } catch {
      return undefined;
    }
  }

  private target(arn: string, id: string) {
    return { id, port: this.elb.describeTargetGroup(arn).port };
  }

  private knows(arn: string, instanceId: string): boolean {
    return this.elb.describeTargetHealth(arn).some(({ target }) => target.id === instanceId);
  }
}

const invalid = (message: string) => new AwsError("ValidationError", message);
