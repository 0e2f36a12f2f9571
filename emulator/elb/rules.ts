import { AwsError, type Listener, type ListenerRule, type RuleChange } from "../aws";
import { checkAction, checkAuthentication, type ActionContext } from "./actions";
import { ruleArn } from "./naming";
import { checkConditions, meets, type RequestFacts } from "./conditions";
import { checkTransforms } from "./transforms";

const HIGHEST = 50_000;
const MAX_RULES = 100;

/** What rules need to know of the listeners that they belong to. */
export interface RuleContext {
  listener(arn: string): Listener;
  actionContext(listener: Listener): ActionContext;
}

const inUse = (priority: number) =>
  new AwsError("PriorityInUse", `Priority '${priority}' is currently in use`);

/** The rules of all listeners, the default ones aside. */
export class Rules {
  private readonly records = new Map<string, ListenerRule>();

  constructor(private readonly context: RuleContext) {}

  all(): ListenerRule[] {
    return [...this.records.values()];
  }

  create(input: Omit<ListenerRule, "ruleArn">): ListenerRule {
    const listener = this.context.listener(input.listenerArn);
    this.check(input, listener);
    checkPriority(input.priority);
    if (this.of(listener.listenerArn).some(({ priority }) => priority === input.priority)) {
      throw inUse(input.priority);
    }
    const siblings = this.all().filter(
      ({ listenerArn }) =>
        this.context.listener(listenerArn).loadBalancerArn === listener.loadBalancerArn,
    );
    if (siblings.length >= MAX_RULES) {
      throw new AwsError(
        "TooManyRules",
        "The maximum number of rules has been reached on load balancer " +
          `'${listener.loadBalancerArn}'`,
      );
    }
    const rule = { ...structuredClone(input), ruleArn: ruleArn(input.listenerArn) };
    this.records.set(rule.ruleArn, rule);
    return rule;
  }

  find(arn: string): ListenerRule {
    const rule = this.records.get(arn);
    if (rule === undefined) {
      throw new AwsError("RuleNotFound", `One or more rules not found: '${arn}'`);
    }
    return rule;
  }

  findByPriority(listenerArn: string, priority: number): ListenerRule | undefined {
    return this.of(listenerArn).find((rule) => rule.priority === priority);
  }

  modify(arn: string, change: RuleChange): ListenerRule {
    const rule = this.find(arn);
    this.check({ ...rule, ...change }, this.context.listener(rule.listenerArn));
    return Object.assign(rule, structuredClone(change));
  }

  setPriorities(changes: readonly { ruleArn: string; priority: number }[]): ListenerRule[] {
    const changed = changes.map(({ ruleArn: arn }) => this.find(arn));
    for (const { ruleArn: arn, priority } of changes) {
      checkPriority(priority);
      const others = this.of(this.find(arn).listenerArn).filter((rule) => !changed.includes(rule));
      if (changes.filter((change) => change.priority === priority).length > 1) {
        throw new AwsError("ValidationError", `Priority '${priority}' was provided multiple times`);
      }
      if (others.some((other) => other.priority === priority)) throw inUse(priority);
    }
    for (const { ruleArn: arn, priority } of changes) {
      this.find(arn).priority = priority;
    }
    return changed;
  }

  delete(arn: string): void {
    this.find(arn);
    this.records.delete(arn);
  }

  /** Deletes what a listener leaves behind. */
  deleteOf(listenerArn: string): void {
    for (const { ruleArn: arn } of this.of(listenerArn)) {
      this.records.delete(arn);
    }
  }

  clear(): void {
    this.records.clear();
  }

  /** The rule that decides about a request; undefined where the listener's default does. */
  match(listenerArn: string, facts: RequestFacts): ListenerRule | undefined {
    return this.of(listenerArn)
      .sort((one, other) => one.priority - other.priority)
      .find(({ conditions }) => meets(conditions, facts));
  }

  private of(listenerArn: string): ListenerRule[] {
    return this.all().filter((rule) => rule.listenerArn === listenerArn);
  }

  private check(rule: Omit<ListenerRule, "ruleArn">, listener: Listener): void {
    checkConditions(rule.conditions);
    checkTransforms(rule.transforms ?? []);
    checkAction(rule.action, listener, this.context.actionContext(listener));
    checkAuthentication(rule.authenticate, listener);
  }
}

function checkPriority(priority: number): void {
  if (!Number.isInteger(priority) || priority < 1 || priority > HIGHEST) {
    throw new AwsError(
      "ValidationError",
      `Rule priority '${priority}' must be between '1' and '${HIGHEST}'`,
    );
  }
}
