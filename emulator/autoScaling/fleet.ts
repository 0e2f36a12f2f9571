import { once } from "node:events";
import type { ElasticLoadBalancing, Instance, TargetState } from "../aws";
import type { Account, AutoScalingGroup } from "../sampleAccount";

/** What an Auto Scaling group asks of the machine: to run its instances, and to stop them. */
export interface Machine {
  start(instance: Instance): Promise<void>;
  stop(instance: Instance): Promise<void>;
}

/** The instances of Auto Scaling groups, registered as long as they serve. */
export class Fleet {
  private readonly changes = new EventTarget();
  /** Instances that are no longer in service and still serve their last requests. */
  private readonly leaving = new Map<string, AutoScalingGroup>();

  constructor(
    private readonly account: Account,
    private readonly elb: ElasticLoadBalancing,
    private readonly machine: Machine,
  ) {
    elb.onTargetTransition(() => {
      this.changed();
    });
  }

  /** It serves when the promise resolves, and is registered. */
  async launch(group: AutoScalingGroup, instance: Instance): Promise<void> {
    this.account.instances.push(instance);
    await this.machine.start(instance);
    group.instanceIds.push(instance.instanceId);
    for (const arn of this.targetGroups(group)) this.register(arn, instance.instanceId);
    this.changed();
  }

  /** It is out of service at once, and stops when it has served all requests. */
  async terminate(group: AutoScalingGroup, instanceId: string): Promise<void> {
    group.instanceIds.splice(group.instanceIds.indexOf(instanceId), 1);
    this.leaving.set(instanceId, group);
    for (const arn of this.targetGroups(group)) this.deregister(arn, instanceId);
    await this.until(() =>
      this.targetGroups(group).every((arn) => this.stateOf(arn, instanceId) === undefined),
    );
    const instance = this.account.instances.find((one) => one.instanceId === instanceId);
    if (instance !== undefined) {
      instance.state = "terminated";
      await this.machine.stop(instance);
    }
    this.leaving.delete(instanceId);
    this.changed();
  }

  attach(group: AutoScalingGroup, targetGroupArn: string): void {
    group.targetGroupArns.push(targetGroupArn);
    for (const id of group.instanceIds) this.register(targetGroupArn, id);
  }

  detach(group: AutoScalingGroup, targetGroupArn: string): void {
    const isThere = this.targetGroups(group).includes(targetGroupArn);
    group.targetGroupArns.splice(group.targetGroupArns.indexOf(targetGroupArn), 1);
    if (isThere) for (const id of group.instanceIds) this.deregister(targetGroupArn, id);
    this.changed();
  }

  /** Whether no instance is left, not even one that serves its last requests. */
  isEmpty(group: AutoScalingGroup): boolean {
    return group.instanceIds.length === 0 && ![...this.leaving.values()].includes(group);
  }

  /** The state of an instance's registration; undefined when there is none. */
  stateOf(targetGroupArn: string, instanceId: string): TargetState | undefined {
    const states = this.elb.describeTargetHealth(targetGroupArn);
    return states.find(({ target }) => target.id === instanceId)?.state;
  }

  /** Resolves when it is so; asked anew after each change of an instance or a target. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await once(this.changes, "change");
  }

  /** Those that still exist: an attached one may be deleted. */
  targetGroups({ targetGroupArns }: AutoScalingGroup): string[] {
    return targetGroupArns.filter((arn) => this.targetTypeOf(arn) !== undefined);
  }

  /** Undefined for a target group that does not exist. */
  targetTypeOf(arn: string): string | undefined {
    try {
      return this.elb.describeTargetGroup(arn).targetType;
    } catch {
      return undefined;
    }
  }

  private register(arn: string, id: string): void {
    this.elb.registerTarget(arn, { id, port: this.elb.describeTargetGroup(arn).port });
  }

  private deregister(arn: string, id: string): void {
    this.elb.deregisterTarget(arn, { id, port: this.elb.describeTargetGroup(arn).port });
  }

  private changed(): void {
    this.changes.dispatchEvent(new Event("change"));
  }
}
