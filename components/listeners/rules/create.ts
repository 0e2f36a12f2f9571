import * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import { actionsOf, isManagedElsewhere } from "./actions";
import type { RuleArgs } from "../../args";
import { priorityOf } from "../../plan/priorities";
import { keysInAction } from "../../plan/targetGroups";
import type { Destinations } from "../../targetGroups/targets/register";
import { inOrder } from "../../shared/guards";
import type { Scope } from "../../shared/scope";

/** The listener that gets the rules. */
export interface RulesListener {
  readonly arn: pulumi.Input<string>;
  /** The text from which the priority of the rule with a key is computed. */
  readonly labelOf?: (key: string) => string;
  /** What must exist before requests come. */
  readonly dependsOn?: readonly pulumi.Input<pulumi.Resource>[];
}

/**
 * Creates the rules of a listener. Each waits for the targets of its target groups, so that requests are never
 * sent to an empty target group. When both are removed, the rule is deleted first.
 */
export function createRules(
  { name, args: { rules = {}, adopt, tags }, parent }: Scope,
  { arn: listenerArn, labelOf = (key) => key, dependsOn = [] }: RulesListener,
  { targetGroups, registrations }: Destinations,
): Record<string, lb.ListenerRule> {
  const created = Object.entries(rules).map(
    ([key, rule]) =>
      [
        key,
        new lb.ListenerRule(
          ruleName(name, key, rule),
          {
            listenerArn,
            priority: rule.priority ?? priorityOf(labelOf(key), rule),
            conditions: conditionsOf(rule),
            actions: actionsOf(rule, targetGroups),
            transforms: transformsOf(rule),
            tags,
          },
          {
            parent,
            dependsOn: [
              ...dependsOn,
              ...(keysInAction(rule) ?? []).flatMap((group) => registrations[group]),
            ],
            ignoreChanges: isManagedElsewhere(rule) ? ["actions"] : [],
            aliases: [{ name: `${name}-rule-${key}` }],
            import: adopt?.ruleArns?.[key],
          },
        ),
      ] as const,
  );
  return Object.fromEntries(created);
}

/**
 * A listener has one rule with a priority. If a rule with an explicit priority was named after its key, a change
 * of the key would create it again before the old one is deleted, which AWS refuses.
 */
function ruleName(name: string, key: string, { priority }: RuleArgs): string {
  return priority === undefined ? `${name}-rule-${key}` : `${name}-priority-${priority}`;
}

/** The conditions in a fixed order, because each language has another order of keys. */
function conditionsOf(rule: RuleArgs) {
  const { hostHeaders, pathPatterns, httpHeaders, httpRequestMethods, queryStrings, sourceIps } =
    rule;
  return [
    ...given(hostHeaders, (values) => ({ hostHeader: { values } })),
    ...given(rule.hostHeaderRegexValues, (regexValues) => ({ hostHeader: { regexValues } })),
    ...given(pathPatterns, (values) => ({ pathPattern: { values } })),
    ...given(rule.pathPatternRegexValues, (regexValues) => ({ pathPattern: { regexValues } })),
    ...sorted(httpHeaders).map(([httpHeaderName, values]) => ({
      httpHeader: { httpHeaderName, values },
    })),
    ...sorted(rule.httpHeaderConditions).map(([, httpHeader]) => ({ httpHeader })),
    ...given(httpRequestMethods, (values) => ({ httpRequestMethod: { values } })),
    ...sorted(queryStrings).map(([key, values]) => ({
      // Without a key, AWS compares the values of all parameters.
      queryStrings: values.map((value) => (key === "" ? { value } : { key, value })),
    })),
    ...given(sourceIps, (values) => ({ sourceIp: { values } })),
  ];
}

/** What is rewritten before a target gets a request; undefined if nothing is. */
function transformsOf({ hostHeaderRewrite, urlRewrite }: RuleArgs) {
  const transforms = [
    ...given(hostHeaderRewrite, (rewrite) => ({
      type: "host-header-rewrite",
      hostHeaderRewriteConfig: { rewrite },
    })),
    ...given(urlRewrite, (rewrite) => ({ type: "url-rewrite", urlRewriteConfig: { rewrite } })),
  ];
  return transforms.length === 0 ? undefined : transforms;
}

/** All names and values in the conditions of a rule. */
export function conditionTexts({
  hostHeaders = [],
  pathPatterns = [],
  httpHeaders = {},
  httpRequestMethods = [],
  queryStrings = {},
  sourceIps = [],
  hostHeaderRegexValues = [],
  pathPatternRegexValues = [],
  httpHeaderConditions = {},
}: RuleArgs): pulumi.Input<string>[] {
  const queries = Object.entries(queryStrings).flatMap(([key, values]) =>
    values.flatMap((value) => (key === "" ? [value] : [key, value])),
  );
  return [
    ...[hostHeaders, pathPatterns, httpRequestMethods, sourceIps].flat(),
    ...[hostHeaderRegexValues, pathPatternRegexValues].flat(),
    ...Object.values(httpHeaderConditions).flatMap(
      ({ httpHeaderName, values = [], regexValues = [] }) => [
        httpHeaderName,
        ...values,
        ...regexValues,
      ],
    ),
    ...Object.entries(httpHeaders).flatMap(([header, values]) => [header, ...values]),
    ...queries,
  ];
}

function given<T, Condition>(
  values: T | undefined,
  condition: (values: T) => Condition,
): Condition[] {
  return values === undefined ? [] : [condition(values)];
}

const sorted = <T>(byKey: Readonly<Record<string, T>> = {}) => inOrder(Object.entries(byKey));
