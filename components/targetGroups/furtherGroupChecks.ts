import type { NamedTargetGroupArgs } from "../args";
import { DEFAULTS } from "../args/defaults";
import * as checks from "../checks";
import { keysInUse, MAIN } from "../plan/targetGroups";
import { OTHER_NAMES_IN_TARGET_GROUP, targetGroupRelations, targetGroupChecks } from "./checks";
import { targetsRelations, targetsChecks } from "./targets/checks";

/** The limit of target groups for a load balancer, which AWS can't raise. */
const MAX_GROUPS = 100;

/** The check of the further target groups. */
export function targetGroupsChecks() {
  return {
    targetGroups: checks.named(furtherGroup, "target groups", "some values", (key, at) => {
      if (key !== MAIN) return;
      const problem =
        `can't have the key ${MAIN}, which is the main target group's; write its settings in targetGroup, or ` +
        `choose another key`;
      at.reportText("format", problem);
    }),
  };
}

/** The check of a further target group. Some checks depend on other settings. */
const checkOfFurtherGroup = (settings: unknown) =>
  checks.object<NamedTargetGroupArgs>(
    { ...targetGroupChecks(settings), ...targetsChecks(settings) },
    {
      relations: [...targetGroupRelations, ...targetsRelations(settings)],
      otherNames: OTHER_NAMES_IN_TARGET_GROUP,
      defaults: DEFAULTS.NamedTargetGroup,
    },
  );

const furtherGroup: checks.PlainCheck = {
  ...checkOfFurtherGroup({}),
  visit: (value, at) => checkOfFurtherGroup(value).visit(value, at),
};

/** The keys of all target groups to which a rule may forward. */
export function groupKeys(args: unknown): string[] {
  return [MAIN, ...checks.entriesOf(checks.valueAt(args, "targetGroups")).map(([key]) => key)];
}

/** AWS sends no requests to a target group to which no listener forwards; its targets are `unused`. */
const groupsInUse: checks.Relation = {
  properties: [],
  check(values, at) {
    const inUse = keysInUse(values);
    if (inUse === undefined) return;
    // A service has no forward of its own.
    const weights =
      values.listenerArn === undefined ? "forward.weights" : "a rule's forward.weights";
    for (const [key] of checks.entriesOf(values.targetGroups)) {
      if (inUse.has(key) || key === MAIN) continue;
      at.key("targetGroups")
        .key(key)
        .reportRemoval(
          "unused",
          "is not used, so AWS would not send requests to its targets; use its key in a rule or in " +
            `${weights} (with the weight 0 if it should get no requests yet), or remove it`,
        );
    }
    if (inUse.has(MAIN)) return;
    for (const key of ["targetGroup", "instanceIds", "targets", "autoScalingGroupNames"]) {
      if (values[key] === undefined) continue;
      at.key(key).reportRemoval(
        "unused",
        `belongs to the main target group, to which nothing forwards; write targetGroup: "${MAIN}" in a rule, ` +
          `add the key "${MAIN}" to ${weights}, or remove this argument`,
      );
    }
  },
};

const groupLimit: checks.Relation = {
  properties: [],
  check(values, at) {
    const main = keysInUse(values)?.has(MAIN) === true ? 1 : 0;
    const count = checks.entriesOf(values.targetGroups).length + main;
    if (count <= MAX_GROUPS) return;
    at.key("targetGroups").reportText(
      "too-many",
      `must have at most ${MAX_GROUPS} target groups, including the main one (AWS can't raise this limit), got ${count}; ` +
        "remove some, or use a second load balancer for them",
    );
  },
};

/** An attachment's name is made from the target group's key and the target's, so two could have the same name. */
const uniqueNames: checks.Relation = {
  properties: [],
  check({ targetGroups, ...main }, at) {
    const seen = new Map(serversOf(main, "", at));
    for (const [key, group] of checks.entriesOf(targetGroups)) {
      const servers = serversOf(group, `${key}-`, at.key("targetGroups").key(key));
      for (const [name, argument] of servers) {
        const other = seen.get(name);
        if (other === undefined) continue;
        argument.reportRemoval(
          "repeated",
          `would have the same resource name as ${other.path}, because a name joins the target group's key and ` +
            "the target's key with a hyphen; choose another key for one of the targets",
        );
      }
      for (const [name, argument] of servers) seen.set(name, argument);
    }
  },
};

/** The servers of a target group by the last part of their attachments' names. */
function serversOf(
  group: unknown,
  prefix: string,
  at: checks.ArgumentPath,
): [string, checks.ArgumentPath][] {
  const targets = checks.entriesOf(checks.valueAt(group, "targets"));
  const scaling = checks.entriesOf(checks.valueAt(group, "autoScalingGroupNames"));
  return [
    ...checks
      .strings(checks.valueAt(group, "instanceIds"))
      .map((id): [string, checks.ArgumentPath] => [prefix + id, at.key("instanceIds")]),
    ...targets.map(([key]): [string, checks.ArgumentPath] => [
      prefix + key,
      at.key("targets").key(key),
    ]),
    // Attachments of Auto Scaling groups have other names, which can't equal those of targets.
    ...scaling.map(([key]): [string, checks.ArgumentPath] => [
      `asg ${prefix}${key}`,
      at.key("autoScalingGroupNames").key(key),
    ]),
  ];
}

export const targetGroupsRelations = [groupsInUse, groupLimit, uniqueNames];
