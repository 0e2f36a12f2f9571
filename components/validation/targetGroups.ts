import type { LoadBalancedGroupArgs } from "../args";
import * as rules from "../rules";
import { keysInUse, MAIN } from "../targetGroups";
import { namesResources } from "./network";
import { targetGroupRelations, targetGroupRules } from "./targetGroup";
import { targetsRelations, targetsRules } from "./targets";

/** The most target groups that a load balancer has, which AWS does not raise. */
const MOST_GROUPS = 100;
const MOST_FORWARDED = 5;

/** The further target groups, and how requests are distributed over them. */
export function targetGroupsRules(args: LoadBalancedGroupArgs): Record<string, rules.Rule> {
  const further = rules.entriesOf(rules.valueAt(args, "targetGroups"));
  const known = [MAIN, ...further.map(([key]) => key)];
  return {
    targetGroups: rules.plain(
      rules.dictionary(namedGroup, "target groups", (key, at) => {
        if (key.trim() === "") at.state("must have a key that is not empty; the key names it");
        if (key === MAIN)
          at.state(`must not have the key ${MAIN}, which is the main one's; choose another`);
      }),
      `its keys name the groups; ${namesResources}`,
    ),
    forward: rules.object(
      { weights: weights(known), stickinessDuration: rules.whole(1, 604800, "seconds") },
      { required: ["weights"] },
    ),
  };
}

const namedGroup: rules.Rule = {
  ...rules.object({}),
  visit(value, at) {
    return rules
      .object(
        { ...targetGroupRules(value), ...targetsRules(value) },
        { relations: [...targetGroupRelations, ...targetsRelations(value)] },
      )
      .visit(value, at);
  },
};

/** The weights of those target groups that requests are forwarded to. */
function weights(known: readonly string[]): rules.Rule {
  return rules.plain(
    {
      visit(value, at) {
        const keys = rules.entriesOf(value).map(([key]) => key);
        const weighed = rules.dictionary(rules.whole(0, 999), "weights", (key, place) => {
          if (known.includes(key)) return;
          place.state(`names no target group; ${rules.suggestion(key, known)}`);
        });
        if (rules.isRecord(value) && keys.length === 0) {
          at.report(
            "must name at least 1 target group",
            value,
            `write { ${MAIN}: 1 } for the main one`,
          );
        }
        if (keys.length > MOST_FORWARDED) {
          at.state(
            `must name 1 to ${MOST_FORWARDED} target groups, got ${keys.length}; leave some out`,
          );
        }
        const checked = weighed.visit(value, at);
        return rules.isRecord(checked) ? rules.related(checked, [notAllZero(keys)], at) : checked;
      },
    },
    "its keys decide which target groups are made; only the weights in it may be outputs",
  );
}

const notAllZero = (keys: readonly string[]): rules.Relation => ({
  of: keys,
  judge(values, at) {
    const all = Object.values(values);
    if (all.length === 0 || all.some((weight) => weight !== 0)) return;
    at.state("must not all be 0, since nobody would serve; give one of them a weight");
  },
});

/** The keys of the groups that are forwarded to; undefined where that can't be told. */
function forwardedKeys(forward: unknown): Set<string> | undefined {
  if (forward === undefined) return keysInUse({});
  const weighed = rules.valueAt(forward, "weights");
  return rules.isRecord(weighed) ? new Set(Object.keys(weighed)) : undefined;
}

/** AWS leaves the servers of a group `unused` that no listener forwards to. */
const used: rules.Relation = {
  of: [],
  judge({ targetGroups, forward, ...others }, at) {
    const inUse = forwardedKeys(forward);
    if (inUse === undefined) return;
    for (const [key] of rules.entriesOf(targetGroups)) {
      if (inUse.has(key) || key === MAIN) continue;
      at.key("targetGroups")
        .key(key)
        .state(
          "is used by nothing, so AWS would leave its servers unused; name it in forward.weights, " +
            "with the weight 0 until it is to serve, or leave it out",
        );
    }
    if (inUse.has(MAIN)) return;
    for (const key of ["targetGroup", "instanceIds", "targets", "autoScalingGroupNames"]) {
      if (others[key] === undefined) continue;
      at.key(key).refuse(
        `is for the main target group, to which nothing forwards; name it as ${MAIN} in ` +
          "forward.weights, or leave this out",
      );
    }
  },
};

const fewEnough: rules.Relation = {
  of: [],
  judge({ targetGroups, forward }, at) {
    const main = forwardedKeys(forward)?.has(MAIN) === true ? 1 : 0;
    const count = rules.entriesOf(targetGroups).length + main;
    if (count <= MOST_GROUPS) return;
    at.key("targetGroups").state(
      `must be at most ${MOST_GROUPS} with the main one, which AWS does not raise, got ${count}; ` +
        "make a second load balancer",
    );
  },
};

/** Which groups of several are sticky decides whether the choice of a group must be, too. */
const stickyForward: rules.Relation = {
  of: [],
  judge({ targetGroup, targetGroups, forward }, at) {
    const keys = [...(forwardedKeys(forward) ?? [])];
    if (keys.length < 2) return;
    for (const key of keys) {
      const settings = key === MAIN ? targetGroup : rules.valueAt(targetGroups, key);
      const place = key === MAIN ? at.key("targetGroup") : at.key("targetGroups").key(key);
      const stickiness = rules.valueAt(settings, "stickiness");
      if (stickiness === undefined) continue;
      if (rules.valueAt(stickiness, "type") === "app_cookie") {
        place
          .key("stickiness")
          .key("type")
          .state(
            "can't be app_cookie in a group that shares requests with others; choose lb_cookie",
          );
      } else if (rules.valueAt(forward, "stickinessDuration") === undefined) {
        at.key("forward")
          .key("stickinessDuration")
          .state(`is required, since ${place.path} is sticky; give it a value`);
        return;
      }
    }
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

export const targetGroupsRelations = [used, fewEnough, stickyForward, namedOnce];
