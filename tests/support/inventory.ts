import type { Account, Emulator } from "../../emulator";
import { Journal } from "./journal";

/** What was made in an account since it was opened, and still exists. */
export class Inventory {
  readonly journal: Journal;
  /** The security groups that were there at first, in JSON. */
  private readonly before: string;

  constructor(
    readonly emulator: Emulator,
    readonly account: Account,
  ) {
    this.journal = new Journal(emulator.elb);
    this.before = JSON.stringify(account.securityGroups);
  }

  get existing(): string[] {
    const { securityGroups } = this.account;
    const groups = securityGroups.map(({ groupId }) => groupId);
    const rules = securityGroups.flatMap((group) => group.rules);
    const isNew = (id: string) => !this.before.includes(`"${id}"`);
    return [
      ...this.journal.existing,
      ...groups.filter(isNew),
      ...rules.map(({ securityGroupRuleId }) => securityGroupRuleId).filter(isNew),
    ];
  }

  /** The targets that are registered with a group, as `id:port`, sorted. */
  registered(targetGroupArn: string): string[] {
    return this.emulator.elb
      .describeTargetHealth(targetGroupArn)
      .filter(({ state }) => state !== "draining")
      .map(({ target }) => `${target.id}:${target.port}`)
      .sort();
  }
}
