import * as lb from "@pulumi/aws/lb";
import { actionsOf } from "./actions";
import type { RuleArgs } from "../../args";
import { priorityOf } from "../../plan/priorities";
import { keysInAction } from "../../plan/targetGroups";
import type { Destinations } from "../../targetGroups/targets/register";
import type { Scope } from "../../shared/scope";

/**
 * The rules of a listener. Each waits for the servers of its target groups, so that traffic is never
 * switched to an empty one, and goes before they do when both are removed.
 */
export function createRules(
  { name, args: { rules = {}, adopt, tags }, parent }: Scope,
  listener: lb.Listener,
  { targetGroups, registrations }: Destinations,
): lb.ListenerRule[] {
  return Object.entries(rules).map(
    ([key, rule]) =>
      new lb.ListenerRule(
        `${name}-rule-${key}`,
        {
          listenerArn: listener.arn,
          priority: rule.priority ?? priorityOf(key, rule),
          conditions: conditionsOf(rule),
          actions: actionsOf(rule, targetGroups),
          tags,
        },
        {
          parent,
          dependsOn: (keysInAction(rule) ?? []).flatMap((group) => registrations[group]),
          import: adopt?.ruleArns?.[key],
        },
      ),
  );
}

/** The conditions in an order of their own, since that of keys is another one in each language. */
function conditionsOf(rule: RuleArgs) {
  const { hostHeaders, pathPatterns, httpHeaders, httpRequestMethods, queryStrings, sourceIps } =
    rule;
  return [
    ...given(hostHeaders, (values) => ({ hostHeader: { values } })),
    ...given(pathPatterns, (values) => ({ pathPattern: { values } })),
    ...sorted(httpHeaders).map(([httpHeaderName, values]) => ({
      httpHeader: { httpHeaderName, values },
    })),
    ...given(httpRequestMethods, (values) => ({ httpRequestMethod: { values } })),
    ...sorted(queryStrings).map(([key, values]) => ({
      queryStrings: values.map((value) => ({ key, value })),
    })),
    ...given(sourceIps, (values) => ({ sourceIp: { values } })),
  ];
}

function given<T, Condition>(
  values: T | undefined,
  condition: (values: T) => Condition,
): Condition[] {
  return values === undefined ? [] : [condition(values)];
}

function sorted<T>(byKey: Readonly<Record<string, T>> = {}): [string, T][] {
  return Object.entries(byKey).sort(([one], [other]) => (one < other ? -1 : 1));
}
