import type { LoadBalancedGroupArgs } from "../args";
import { DEFAULTS } from "../defaults";
import * as rules from "../rules";
import { MAIN } from "../targetGroups";
import { namesResources } from "./network";
import { targetGroupRelations, targetGroupRules } from "./targetGroup";
import { targetsRelations, targetsRules } from "./targets";

/** The most target groups that a load balancer has, which AWS does not raise. */
const MOST_GROUPS = 100;

/** The further target groups. */
export function targetGroupsRules(): Record<string, rules.Rule> {
  return {
    targetGroups: rules.plain(
      rules.dictionary(namedGroup, "target groups", (key, at) => {
        if (key.trim() === "") at.state("must have a key that is not empty; the key names it");
        if (key === MAIN)
          at.state(`must not have the key ${MAIN}, which is the main one's; choose another`);
      }),
      `its keys name the groups; ${namesResources}`,
    ),
  };
}

const namedGroup: rules.Rule = {
  ...rules.object({}),
  visit(value, at) {
    return rules
      .object(
        { ...targetGroupRules(value), ...targetsRules(value) },
        {
          relations: [...targetGroupRelations, ...targetsRelations(value)],
          defaults: DEFAULTS.NamedTargetGroup,
        },
      )
      .visit(value, at);
  },
};

/** The keys of all target groups that there can be. */
export function groupKeys(args: LoadBalancedGroupArgs): string[] {
  return [MAIN, ...rules.entriesOf(rules.valueAt(args, "targetGroups")).map(([key]) => key)];
}

/** The keys of the groups that anything forwards to; undefined where that can't be told. */
export function keysInUse(values: Readonly<Record<string, unknown>>): Set<string> | undefined {
  const { forward, defaultAction, rules: byKey = {} } = values;
  const forwards = defaultAction === undefined && forward === undefined;
  const actions = [
    forwards ? { targetGroup: MAIN } : { forward },
    ...rules.entriesOf(byKey).map(([, rule]) => rule),
  ];
  const named = actions.map(keysNamed);
  const all = named.flatMap((keys) => keys ?? []);
  return rules.isRecord(byKey) && !named.includes(undefined) ? new Set(all) : undefined;
}

function keysNamed(action: unknown): string[] | undefined {
  const forward = rules.valueAt(action, "forward");
  const weights = rules.valueAt(forward, "weights");
  if (forward !== undefined && !rules.isRecord(weights)) return undefined;
  return [
    ...rules.strings([rules.valueAt(action, "targetGroup")]),
    ...rules.entriesOf(weights).map(([key]) => key),
  ];
}

/** AWS leaves the servers of a group `unused` that no listener forwards to. */
const used: rules.Relation = {
  of: [],
  judge(values, at) {
    const inUse = keysInUse(values);
    if (inUse === undefined) return;
    for (const [key] of rules.entriesOf(values.targetGroups)) {
      if (inUse.has(key) || key === MAIN) continue;
      at.key("targetGroups")
        .key(key)
        .state(
          "is used by nothing, so AWS would leave its servers unused; name it in a rule or in " +
            "forward.weights, with the weight 0 until it is to serve, or leave it out",
        );
    }
    if (inUse.has(MAIN)) return;
    for (const key of ["targetGroup", "instanceIds", "targets", "autoScalingGroupNames"]) {
      if (values[key] === undefined) continue;
      at.key(key).refuse(
        `is for the main target group, to which nothing forwards; name it as ${MAIN} in a rule or ` +
          "in forward.weights, or leave this out",
      );
    }
  },
};

const fewEnough: rules.Relation = {
  of: [],
  judge(values, at) {
    const main = keysInUse(values)?.has(MAIN) === true ? 1 : 0;
    const count = rules.entriesOf(values.targetGroups).length + main;
    if (count <= MOST_GROUPS) return;
    at.key("targetGroups").state(
      `must be at most ${MOST_GROUPS} with the main one, which AWS does not raise, got ${count}; ` +
        "make a second load balancer",
    );
  },
};

/** The names of registrations are made of a group's key and the server's, so two could be the same. */
const namedOnce: rules.Relation = {
  of: [],
  judge({ targetGroups, ...main }, at) {
    const seen = new Map(serversOf(main, "", at));
    for (const [key, group] of rules.entriesOf(targetGroups)) {
      const servers = serversOf(group, `${key}-`, at.key("targetGroups").key(key));
      for (const [name, place] of servers) {
        const other = seen.get(name);
        if (other === undefined) continue;
        place.state(
          `would be registered under the name of ${other.path}, since the group's key is a part of ` +
            "it; choose another key",
        );
      }
      for (const [name, place] of servers) seen.set(name, place);
    }
  },
};

/** The servers of a group by the last part of their registrations' names. */
function serversOf(group: unknown, prefix: string, at: rules.Place): [string, rules.Place][] {
  const targets = rules.entriesOf(rules.valueAt(group, "targets"));
  const scaling = rules.entriesOf(rules.valueAt(group, "autoScalingGroupNames"));
  return [
    ...rules
      .strings(rules.valueAt(group, "instanceIds"))
      .map((id): [string, rules.Place] => [prefix + id, at.key("instanceIds")]),
    ...targets.map(([key]): [string, rules.Place] => [prefix + key, at.key("targets").key(key)]),
    // Attachments have names of their own, which meet no registration's.
    ...scaling.map(([key]): [string, rules.Place] => [
      `asg ${prefix}${key}`,
      at.key("autoScalingGroupNames").key(key),
    ]),
  ];
}

export const targetGroupsRelations = [used, fewEnough, namedOnce];
