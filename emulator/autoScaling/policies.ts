import type { ElasticLoadBalancing } from "../aws";
import type { AutoScalingGroup } from "../sampleAccount";
import { invalid } from "./settings";

/** A policy as it was put. No metrics are gathered here, so none ever scales a group by itself. */
export interface ScalingPolicy {
  readonly policyName: string;
  readonly policyArn: string;
  readonly autoScalingGroupName: string;
  /** What it counts requests of: the last parts of a load balancer's and a target group's ARN. */
  readonly resourceLabel?: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The scaling policies of all groups. */
export class ScalingPolicies {
  private readonly policies: ScalingPolicy[] = [];

  constructor(private readonly elb: ElasticLoadBalancing) {}

  /** Overwrites one of the same name. */
  put(group: AutoScalingGroup, policy: ScalingPolicy): void {
    const { resourceLabel } = policy;
    if (resourceLabel !== undefined && !this.labels(group).includes(resourceLabel)) {
      throw invalid(
        `Resource label ${resourceLabel} is of no target group that is attached to ` +
          `${group.autoScalingGroupName} and behind that load balancer`,
      );
    }
    const known = this.find(group.autoScalingGroupName, policy.policyName);
    if (known !== undefined) this.policies.splice(this.policies.indexOf(known), 1);
    this.policies.push(policy);
  }

  find(groupName: string, policyName: string): ScalingPolicy | undefined {
    return this.of(groupName).find((policy) => policy.policyName === policyName);
  }

  of(groupName: string): ScalingPolicy[] {
    return this.policies.filter(({ autoScalingGroupName }) => autoScalingGroupName === groupName);
  }

  delete(groupName: string, policyName: string): void {
    const found = this.find(groupName, policyName);
    if (found === undefined) throw invalid(`PolicyName ${policyName} not found`);
    this.policies.splice(this.policies.indexOf(found), 1);
  }

  private labels({ targetGroupArns }: AutoScalingGroup): string[] {
    return targetGroupArns.flatMap((arn) =>
      this.elb
        .loadBalancersOf(arn)
        .map(({ loadBalancerArn }) =>
          [loadBalancerArn.split("loadbalancer/")[1], arn.split(":")[5]].join("/"),
        ),
    );
  }
}
