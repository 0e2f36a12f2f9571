import type { ElasticLoadBalancing } from "../../emulator";

/** One change that was asked of Elastic Load Balancing. */
export interface Entry {
  readonly call: Change;
  readonly args: readonly unknown[];
}

const CHANGES = [
  "createTargetGroup",
  "modifyTargetGroup",
  "modifyTargetGroupAttributes",
  "deleteTargetGroup",
  "registerTarget",
  "deregisterTarget",
  "createLoadBalancer",
  "setSubnets",
  "setSecurityGroups",
  "setIpAddressType",
  "modifyIpPools",
  "modifyLoadBalancerAttributes",
  "deleteLoadBalancer",
  "createListener",
  "modifyListener",
  "deleteListener",
  "createRule",
  "modifyRule",
  "setRulePriorities",
  "deleteRule",
  "modifyListenerAttributes",
  "addListenerCertificate",
  "removeListenerCertificate",
] as const satisfies (keyof ElasticLoadBalancing)[];

type Change = (typeof CHANGES)[number];

/** Notes every change that is asked for, in order, with its arguments, and what was made by it. */
export class Journal {
  readonly entries: Entry[] = [];
  private readonly made = new Set<string>();

  constructor(private readonly elb: ElasticLoadBalancing) {
    for (const call of CHANGES) this.note(call);
  }

  /** The ARNs of what was made and still exists. */
  get existing(): string[] {
    return [...this.made].filter((arn) => this.exists(arn));
  }

  private note(call: Change): void {
    const ask = this.elb[call].bind(this.elb) as (...args: unknown[]) => unknown;
    const noted = (...args: unknown[]): unknown => {
      this.entries.push({ call, args });
      const answer = ask(...args);
      if (answer instanceof Promise) return answer.then((made) => this.keep(call, made));
      return this.keep(call, answer);
    };
    Object.assign(this.elb, { [call]: noted });
  }

  private keep(call: Change, answer: unknown): unknown {
    const { ruleArn, listenerArn, loadBalancerArn, targetGroupArn } = (answer ?? {}) as Partial<
      Record<string, string>
    >;
    const arn = ruleArn ?? listenerArn ?? loadBalancerArn ?? targetGroupArn;
    if (call.startsWith("create") && arn !== undefined) this.made.add(arn);
    return answer;
  }

  private exists(arn: string): boolean {
    const describe = arn.includes(":targetgroup/")
      ? () => this.elb.describeTargetGroup(arn)
      : arn.includes(":listener-rule/")
        ? () => this.elb.describeRule(arn)
        : arn.includes(":listener/")
          ? () => this.elb.describeListener(arn)
          : () => this.elb.describeLoadBalancer(arn);
    try {
      describe();
      return true;
    } catch {
      return false;
    }
  }
}
