import { setTimeout as pause } from "node:timers/promises";
import type { ElasticLoadBalancing, TargetTransition } from "../aws";
import type { EmulatedEc2 } from "../ec2/ec2";
import type { Account, AutoScalingGroup } from "../sampleAccount";
import type { Fleet } from "./fleet";
import type { GroupSettings } from "./settings";

interface Launch {
  readonly at: number;
  /** The template and its version. */
  readonly from: string;
}

/** Brings groups to the capacity that they are to have; in each group one step comes after the other. */
export class Capacity {
  private readonly steps = new Map<AutoScalingGroup, Promise<void>>();
  private readonly failures = new Map<AutoScalingGroup, string>();
  private readonly launches = new Map<string, Launch>();

  constructor(
    private readonly account: Account,
    private readonly ec2: EmulatedEc2,
    elb: ElasticLoadBalancing,
    private readonly fleet: Fleet,
  ) {
    elb.onTargetTransition((transition) => {
      if (transition.state === "unhealthy") void this.replace(transition);
    });
  }

  /** Launches or terminates as many as are missing or too many. */
  satisfy(group: AutoScalingGroup): void {
    this.then(group, () => this.scale(group));
  }

  /** Replaces the instances of other template versions one by one, each when its successor serves. */
  refresh(group: AutoScalingGroup): void {
    this.then(group, async () => {
      for (const old of [...group.instanceIds]) {
        if (this.launches.get(old)?.from === this.template(group).from) continue;
        const successor = await this.launch(group);
        await this.fleet.until(() =>
          this.fleet
            .targetGroups(group)
            .every(
              (arn) => !["initial", "unhealthy"].includes(this.fleet.stateOf(arn, successor) ?? ""),
            ),
        );
        if (group.instanceIds.includes(old)) void this.fleet.terminate(group, old);
      }
      await this.scale(group);
    });
  }

  /** Resolves when nothing is to be done any more; to the reason why the last launch failed, if it did. */
  async settled(group: AutoScalingGroup): Promise<string | undefined> {
    let last: Promise<void> | undefined;
    do {
      last = this.steps.get(group);
      await last;
    } while (last !== this.steps.get(group));
    return this.failures.get(group);
  }

  private then(group: AutoScalingGroup, step: () => Promise<void>): void {
    const before = this.steps.get(group) ?? Promise.resolve();
    const done = before.then(step).then(
      () => {
        this.failures.delete(group);
      },
      (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        this.failures.set(group, `${reason} Launching EC2 instance failed.`);
      },
    );
    this.steps.set(group, done);
  }

  private async scale(group: AutoScalingGroup): Promise<void> {
    const missing = () => (group.settings?.desiredCapacity ?? 0) - group.instanceIds.length;
    while (missing() > 0) await this.launch(group);
    while (missing() < 0) void this.fleet.terminate(group, this.superfluous(group));
  }

  /** Where the group has the fewest instances. */
  private async launch(group: AutoScalingGroup): Promise<string> {
    const { from, securityGroupIds } = this.template(group);
    const counts = settingsOf(group).subnetIds.map((subnetId) => ({
      subnetId,
      count: this.instances(group).filter((one) => one.subnetId === subnetId).length,
    }));
    const [{ subnetId }] = counts.sort((one, other) => one.count - other.count);
    const instance = this.ec2.newInstance(subnetId, securityGroupIds);
    this.launches.set(instance.instanceId, { at: Date.now(), from });
    await this.fleet.launch(group, instance);
    return instance.instanceId;
  }

  /** The oldest one of the zone that has the most. */
  private superfluous(group: AutoScalingGroup): string {
    const instances = this.instances(group);
    const inZone = (zone: string) =>
      instances.filter(({ availabilityZone }) => availabilityZone === zone).length;
    const most = Math.max(...instances.map(({ availabilityZone }) => inZone(availabilityZone)));
    const [oldest] = instances.filter(({ availabilityZone }) => inZone(availabilityZone) === most);
    return oldest.instanceId;
  }

  /** In the order in which they were launched. */
  private instances({ instanceIds }: AutoScalingGroup) {
    return this.account.instances.filter(({ instanceId }) => instanceIds.includes(instanceId));
  }

  private template(group: AutoScalingGroup) {
    const { id, version } = settingsOf(group).launchTemplate;
    const { launchTemplates } = this.ec2;
    const template = launchTemplates.describe(id);
    const number = launchTemplates.version(template, version);
    const { securityGroupIds } = template.versions[number - 1];
    return { from: `${id} ${number}`, securityGroupIds };
  }

  private async replace({ targetGroupArn, target }: TargetTransition): Promise<void> {
    const has = (one: AutoScalingGroup) =>
      one.settings?.healthCheckType === "ELB" &&
      one.instanceIds.includes(target.id) &&
      this.fleet.targetGroups(one).includes(targetGroupArn);
    const group = this.account.autoScalingGroups.find(has);
    if (group === undefined) return;
    const age = Date.now() - (this.launches.get(target.id)?.at ?? 0);
    const grace = settingsOf(group).healthCheckGracePeriod * 1000;
    await pause(Math.max(grace - age, 0), undefined, { ref: false });
    if (!has(group) || this.fleet.stateOf(targetGroupArn, target.id) !== "unhealthy") return;
    void this.fleet.terminate(group, target.id);
    this.satisfy(group);
  }
}

function settingsOf({ autoScalingGroupName, settings }: AutoScalingGroup): GroupSettings {
  if (settings !== undefined) return settings;
  throw new Error(`the Auto Scaling group ${autoScalingGroupName} was put there without settings`);
}
