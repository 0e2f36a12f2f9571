import type { DefaultActionArgs, RuleArgs } from "../../args";
import { listenersWithPaths } from "../../plan/listeners";
import { nearestFree, priorityOf, type RuleConditions } from "../../plan/priorities";
import * as checks from "../../checks";
import { fixedResponse, redirectCheck, type ListenerEndpoint } from "./actionChecks";
import { authenticationChecks, authenticationRelation } from "./authenticationChecks";
import { conditionsOf, conditionsRelations, conditionsChecks } from "./conditionChecks";
import { checkStickiness, forwardCheck, groupKey, managedAlone } from "./forwardChecks";
import { rewriteChecks, rewriteRelation } from "./rewriteChecks";

/** The checks of what a listener does with requests. `known` are the keys of the target groups. */
export function listenerRulesChecks(known: readonly string[], listener: ListenerEndpoint) {
  return {
    forward: forwardCheck(known),
    defaultAction: checks.object<DefaultActionArgs>(
      { redirect: redirectCheck(listener), fixedResponse },
      { relations: [oneAction(["redirect", "fixedResponse"])] },
    ),
    rules: rulesCheck(known, listener),
    ...authenticationChecks,
  };
}

/** The check of rules that forward to target groups with these keys. */
export function rulesCheck(
  known: readonly string[],
  listener: ListenerEndpoint,
): checks.PlainCheck {
  const rule = checks.object<RuleArgs>(
    {
      priority: checks.plain(
        checks.whole(1, 50000),
        "it is compared with the priorities of the other rules",
      ),
      ...conditionsChecks(),
      targetGroup: groupKey(known),
      forward: forwardCheck(known),
      redirect: redirectCheck(listener),
      fixedResponse,
      ...authenticationChecks,
      ...rewriteChecks,
    },
    {
      relations: [
        ...conditionsRelations,
        oneAction(ACTIONS),
        authenticationRelation(listener),
        managedAlone,
        rewriteRelation,
      ],
      otherNames: OTHER_NAMES,
    },
  );
  return checks.named(rule, "rules", "some values");
}

/** What to write instead of names that people know from the AWS provider and from Kubernetes. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  actions: "write targetGroup, forward, redirect or fixedResponse in the rule instead",
  action: "write targetGroup, forward, redirect or fixedResponse in the rule instead",
  conditions: "write the conditions in the rule instead, such as hostHeaders and pathPatterns",
  condition: "write the conditions in the rule instead, such as hostHeaders and pathPatterns",
  host: "write hostHeaders instead",
  hosts: "write hostHeaders instead",
  path: "write pathPatterns instead",
  paths: "write pathPatterns instead",
  hostRegexValues: "write hostHeaderRegexValues instead",
  hostHeaderRegex: "write hostHeaderRegexValues instead",
  pathRegexValues: "write pathPatternRegexValues instead",
  pathPatternRegex: "write pathPatternRegexValues instead",
  headers: "write httpHeaders instead",
  method: "write httpRequestMethods instead",
  methods: "write httpRequestMethods instead",
  query: "write queryStrings instead",
  transforms: "write urlRewrite or hostHeaderRewrite, or both, in the rule instead",
  transform: "write urlRewrite or hostHeaderRewrite, or both, in the rule instead",
  targetGroupArn: "write the key of a target group in targetGroup instead",
  listenerArn: "remove it, because a rule always belongs to the listener in which it is listed",
};

const ACTIONS = ["targetGroup", "forward", "redirect", "fixedResponse"];

function oneAction(actions: readonly string[]): checks.Relation {
  return {
    properties: [],
    check(values, at) {
      const given = actions.filter((action) => values[action] !== undefined);
      if (given.length === 0) {
        const problem = `must have an action; add one of ${actions.join(", ")}`;
        at.reportText("required", problem, { add: actions[0] });
      }
      for (const other of given.slice(1)) {
        at.key(other).reportRemoval(
          "conflict",
          `can't be combined with ${given[0]}, because there can be only one action; remove one of them`,
        );
      }
    },
  };
}

const oneDefaultAction: checks.Relation = {
  properties: [],
  check({ forward, defaultAction }, at) {
    if (forward === undefined || defaultAction === undefined) return;
    at.key("defaultAction").reportRemoval(
      "conflict",
      "can't be combined with forward; remove one of them",
    );
  },
};

/** If target groups are sticky, a forward to several of them must be sticky too. */
const stickinessOfForwards: checks.Relation = {
  properties: [],
  check(values, root) {
    for (const [settings, at] of listenersWithPaths(values, root)) {
      const own = checks.valueAt(settings, "forward");
      checkStickiness(values, own, { root, forward: at.key("forward") });
      for (const [key, rule] of checks.entriesOf(checks.valueAt(settings, "rules"))) {
        const forward = at.key("rules").key(key).key("forward");
        checkStickiness(values, checks.valueAt(rule, "forward"), { root, forward });
      }
    }
  },
};

/** Two rules can't have the same priority. `labelOf` gives the text from which a rule's priority is computed. */
const uniquePriorities = (labelOf: (key: string) => string): checks.Relation => ({
  properties: [],
  check(values, at) {
    const all = checks.inOrder(checks.entriesOf(values.rules)).map(([key, rule]) => {
      const explicit = checks.valueAt(rule, "priority");
      const argument = at.key("rules").key(key);
      return typeof explicit === "number"
        ? { priority: explicit, argument: argument.key("priority"), says: "can't be" }
        : {
            priority: priorityOf(labelOf(key), specificityOf(rule)),
            argument,
            says: "gets the priority",
          };
    });
    const taken = new Set(all.map(({ priority }) => priority));
    const seen = new Map<number, string>();
    for (const { priority, argument, says } of all) {
      const other = seen.get(priority);
      if (other === undefined) {
        seen.set(priority, argument.path);
        continue;
      }
      const free = nearestFree(priority, (number) => taken.has(number));
      if (free !== undefined) taken.add(free);
      const example = free === undefined ? "" : `, such as ${free}`;
      argument.reportText(
        "conflict",
        `${says} ${priority}, which ${other} has too; set another priority for one of them${example}`,
      );
    }
  },
});

/** Of two rules with the same conditions, the second would never match. */
const uniqueConditions: checks.Relation = {
  properties: [],
  check(values, at) {
    const seen = new Map<string, string>();
    for (const [key, rule] of checks.inOrder(checks.entriesOf(values.rules))) {
      const conditions = conditionsOf(rule).map(([about, texts]) => [about, [...texts].sort()]);
      const plain = conditionsOf(rule).every(
        ([, texts]) => checks.strings(texts).length === texts.length,
      );
      if (!plain || conditions.length === 0) continue;
      const argument = at.key("rules").key(key);
      const other = seen.get(JSON.stringify(conditions));
      if (other === undefined) seen.set(JSON.stringify(conditions), argument.path);
      else
        argument.reportRemoval(
          "repeated",
          `has the same conditions as ${other}; remove one of them`,
        );
    }
  },
};

function specificityOf(rule: unknown): RuleConditions {
  const named = (condition: string) =>
    Object.fromEntries(checks.entriesOf(checks.valueAt(rule, condition)).map(([key]) => [key, []]));
  const texts = (condition: string) => {
    const value = checks.valueAt(rule, condition);
    return value === undefined ? undefined : checks.strings(value);
  };
  return {
    hostHeaders: texts("hostHeaders"),
    pathPatterns: texts("pathPatterns"),
    httpHeaders: named("httpHeaders"),
    httpRequestMethods: texts("httpRequestMethods"),
    queryStrings: named("queryStrings"),
    sourceIps: texts("sourceIps"),
    hostHeaderRegexValues: texts("hostHeaderRegexValues"),
    pathPatternRegexValues: texts("pathPatternRegexValues"),
    httpHeaderConditions: Object.fromEntries(
      checks
        .entriesOf(checks.valueAt(rule, "httpHeaderConditions"))
        .map(([key]) => [key, { httpHeaderName: "" }]),
    ),
  };
}

/** The relations of the rules of a service. `labelOf` gives the text from which a rule's priority is computed. */
export const rulesRelations = (labelOf: (key: string) => string) => [
  stickinessOfForwards,
  uniquePriorities(labelOf),
  uniqueConditions,
];

/** The relations of what one listener does with requests. */
export const listenerRelations = [
  oneDefaultAction,
  managedAlone,
  uniquePriorities((key) => key),
  uniqueConditions,
];

/** The same for the arguments of a group, which also has the target groups. */
export const listenerRulesRelations = [...listenerRelations, stickinessOfForwards];
