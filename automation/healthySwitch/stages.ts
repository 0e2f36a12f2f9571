import type { Configuration } from "../../stacks/configuration";
import { MAIN } from "../../components/plan/targetGroups";

/*
 * AWS checks the targets of a target group only if a listener or rule forwards to it. So before requests go to
 * another target group, it is added to an action with weight 0, and its targets become healthy there.
 *
 * A target group that is replaced has one resource in the program, but both must exist while the new one is
 * checked. So the old one gets a key of its own first, without a change in AWS.
 */

/** A configuration that is deployed before the wanted one. */
export interface Stage {
  readonly configuration: Configuration;
  /** The target groups that got another key in this stage: the former keys by the new ones. */
  readonly formerKeys: Readonly<Record<string, string>>;
  /** The target groups whose targets must be healthy after this stage, by their keys. */
  readonly awaited: readonly AwaitedGroup[];
}

export interface AwaitedGroup {
  readonly key: string;
  /**
   * The key of the target group with as many targets as this one needs. Undefined if the configuration names all
   * of its targets, or if nothing says how many there will be.
   */
  readonly asManyAs: string | undefined;
}

/** The switch can't wait for healthy targets with these configurations. */
export class SwitchRefusal extends Error {
  constructor(
    readonly propertyPath: string,
    message: string,
  ) {
    super(message);
  }
}

/** The weights of the target groups by their keys. */
type Weights = Readonly<Record<string, number>>;

/** The end of the key of a target group that is being replaced. */
const PREVIOUS = "-previous";

/** The most target groups of one action. */
const MAX_GROUPS_OF_ACTION = 5;

/**
 * The stages before the wanted configuration. There are none if no target group gets requests that it did not
 * get before.
 *
 * @param replaced the keys of the target groups that the wanted configuration replaces.
 * @throws SwitchRefusal
 */
export function stagesBefore(
  deployed: Configuration,
  wanted: Configuration,
  replaced: ReadonlySet<string>,
): Stage[] {
  const serving = servingKeys(deployed);
  const keys = keysThatGain(deployed, wanted, replaced);
  if (keys.length === 0) return [];
  refuseOtherReach(deployed, wanted);

  const formerKeys = Object.fromEntries(
    keys
      .filter((key) => replaced.has(key) && serving.has(key))
      .map((key) => [unusedKey(deployed, `${key}${PREVIOUS}`), key]),
  );
  const renamed = withNewKeys(deployed, formerKeys);
  const added = keys.filter((key) => !servingKeys(renamed).has(key));
  const checked = added.reduce(
    (configuration, key) => withCheckedGroup(configuration, wanted, key),
    withBothReaches(renamed, wanted),
  );
  const previous = [...servingKeys(renamed)].filter((key) => key.endsWith(PREVIOUS));
  const awaited = keys.map((key) => ({
    key,
    // An interrupted switch has given the former target group its key already.
    asManyAs: namesAllTargets(wanted, key)
      ? undefined
      : previous.find((one) => one.replace(/(-previous)+$/, "") === key),
  }));
  const stages: Stage[] = [{ configuration: checked, formerKeys: {}, awaited }];
  if (Object.keys(formerKeys).length > 0) {
    stages.unshift({ configuration: renamed, formerKeys, awaited: [] });
  }
  return stages;
}

/** The new keys by the former ones. */
function inverse(formerKeys: Stage["formerKeys"]): Map<string, string> {
  return new Map(Object.entries(formerKeys).map(([newKey, former]) => [former, newKey]));
}

/** The weights of the actions: that of the default action has the key "", those of rules the keys of the rules. */
function weightsByAction({ forward, defaultAction, rules = {} }: Configuration) {
  const defaultWeights = forward?.weights ?? (defaultAction === undefined ? { [MAIN]: 1 } : {});
  const ofRules = Object.entries(rules).map(([key, rule]): [string, Weights] => {
    const { weights = rule.targetGroup === undefined ? {} : { [rule.targetGroup]: 1 } } =
      rule.forward ?? {};
    return [key, weights];
  });
  return new Map<string, Weights>([["", defaultWeights], ...ofRules]);
}

/** The keys of the target groups that get requests. */
function servingKeys(configuration: Configuration): Set<string> {
  const all = [...weightsByAction(configuration).values()].flatMap((weights) =>
    Object.entries(weights),
  );
  return new Set(all.filter(([, weight]) => weight > 0).map(([key]) => key));
}

/** The target groups that get requests, or a larger share of them, or that are replaced. */
function keysThatGain(
  deployed: Configuration,
  wanted: Configuration,
  replaced: ReadonlySet<string>,
): string[] {
  const serving = servingKeys(deployed);
  const before = weightsByAction(deployed);
  const gains = [...weightsByAction(wanted)].flatMap(([action, weights]) =>
    Object.keys(weights).filter((key) => {
      if (weights[key] === 0) return false;
      if (!serving.has(key) || replaced.has(key)) return true;
      const former = before.get(action);
      return former !== undefined && shareOf(former, key) < shareOf(weights, key);
    }),
  );
  return [...new Set(gains)];
}

function shareOf(weights: Weights, key: string): number {
  const sum = Object.values(weights).reduce((a, b) => a + b, 0);
  return key in weights ? weights[key] / sum : 0;
}

/** Whether the servers of both configurations can be reached at the same time. */
function refuseOtherReach(deployed: Configuration, wanted: Configuration): void {
  const key = "targetSecurityGroupIds";
  if ((deployed[key] === undefined) !== (wanted[key] === undefined)) {
    const what = wanted[key] === undefined ? "removed" : "added";
    throw new SwitchRefusal(
      key,
      `${key} is ${what} together with a change of the target groups that get requests, which switchWhenHealthy can't do ` +
        `at once; change ${key} in a separate update first`,
    );
  }
}

/** The configuration with the zones and the targets' security groups of both. */
function withBothReaches(deployed: Configuration, wanted: Configuration): Configuration {
  const both = (key: "availabilityZones" | "targetSecurityGroupIds") => {
    const [ours, theirs] = [deployed[key], wanted[key]];
    return ours && theirs ? { [key]: [...new Set([...ours, ...theirs])] } : {};
  };
  return { ...deployed, ...both("availabilityZones"), ...both("targetSecurityGroupIds") };
}

function unusedKey({ targetGroups = {} }: Configuration, key: string): string {
  return key in targetGroups ? unusedKey({ targetGroups }, `${key}${PREVIOUS}`) : key;
}

type Group = NonNullable<Configuration["targetGroups"]>[string];

/** The settings and targets of a target group. */
function groupOf(configuration: Configuration, key: string): Group {
  const { targetGroup, instanceIds, targets, autoScalingGroupNames } = configuration;
  if (key !== MAIN) return configuration.targetGroups?.[key] ?? {};
  return { ...targetGroup, instanceIds, targets, autoScalingGroupNames };
}

/** The configuration with a target group, whose action forwards to it already or is added later. */
function withGroup(configuration: Configuration, key: string, group: Group): Configuration {
  if (key !== MAIN) {
    return { ...configuration, targetGroups: { ...configuration.targetGroups, [key]: group } };
  }
  const { instanceIds, targets, autoScalingGroupNames, ...settings } = group;
  const targetGroup = Object.keys(settings).length === 0 ? undefined : settings;
  return { ...configuration, targetGroup, instanceIds, targets, autoScalingGroupNames };
}

function namesAllTargets(configuration: Configuration, key: string): boolean {
  const {
    instanceIds = [],
    targets = {},
    autoScalingGroupNames = {},
  } = groupOf(configuration, key);
  const named = instanceIds.length + Object.keys(targets).length;
  return named > 0 && Object.keys(autoScalingGroupNames).length === 0;
}

/** The configuration with other keys of target groups. What it makes in AWS stays the same. */
function withNewKeys(
  configuration: Configuration,
  formerKeys: Readonly<Record<string, string>>,
): Configuration {
  const newKeys = inverse(formerKeys);
  if (newKeys.size === 0) return configuration;
  const renamed = (key: string) => newKeys.get(key) ?? key;
  const weightsOf = (weights: Weights) =>
    Object.fromEntries(Object.entries(weights).map(([key, weight]) => [renamed(key), weight]));
  const { forward, defaultAction, rules, targetGroups = {}, adopt, ...others } = configuration;
  const rulesByKey = Object.entries(rules ?? {}).map(([key, rule]): [string, typeof rule] => {
    const { targetGroup, forward: weighted } = rule;
    if (weighted !== undefined) {
      return [key, { ...rule, forward: { ...weighted, weights: weightsOf(weighted.weights) } }];
    }
    return [key, targetGroup === undefined ? rule : { ...rule, targetGroup: renamed(targetGroup) }];
  });
  const ofDefaultAction = { weights: forward?.weights ?? { [MAIN]: 1 } };
  const withRules: Configuration = {
    ...others,
    defaultAction,
    forward:
      defaultAction === undefined
        ? { ...forward, weights: weightsOf(ofDefaultAction.weights) }
        : undefined,
    rules: rules && Object.fromEntries(rulesByKey),
    adopt: adopt && { ...adopt, targetGroupArn: undefined, targetGroupArns: undefined },
    targetGroups: Object.fromEntries(
      Object.entries(targetGroups).filter(([key]) => !newKeys.has(key)),
    ),
  };
  const withoutMain = newKeys.has(MAIN) ? withGroup(withRules, MAIN, {}) : withRules;
  return Object.entries(formerKeys).reduce(
    (all, [newKey, former]) => withGroup(all, newKey, groupOf(configuration, former)),
    withoutMain,
  );
}

/** The configuration with a target group of the wanted one, which gets no requests. */
function withCheckedGroup(
  configuration: Configuration,
  wanted: Configuration,
  key: string,
): Configuration {
  const group = groupOf(wanted, key);
  const all = withGroup(configuration, key, group);
  const actions = weightsByAction(configuration);
  if ([...actions.values()].some((weights) => key in weights)) return all;
  const room = [...actions].find(([, weights]) => {
    const count = Object.keys(weights).length;
    return count > 0 && count < MAX_GROUPS_OF_ACTION;
  });
  if (room === undefined) {
    throw new SwitchRefusal(
      key === MAIN ? "targetGroup" : `targetGroups.${key}`,
      `switchWhenHealthy must first add the target group ${key} with weight 0 to an action that forwards, but ` +
        ([...actions.values()].every((weights) => Object.keys(weights).length === 0)
          ? "no deployed action forwards to a target group; run up without switchWhenHealthy"
          : `each already has ${MAX_GROUPS_OF_ACTION} target groups, the most that AWS accepts; remove one of them in a ` +
            "separate update first"),
    );
  }
  const [action, weights] = room;
  return withForward(all, action, { ...weights, [key]: 0 }, wanted);
}

function withForward(
  configuration: Configuration,
  action: string,
  weights: Weights,
  wanted: Configuration,
): Configuration {
  const { rules = {} } = configuration;
  const rule = action === "" ? undefined : rules[action];
  const former = (rule ?? configuration).forward;
  // AWS requires a duration if one of several target groups has sticky sessions.
  const isSticky = Object.keys(weights).some((key) =>
    [configuration, wanted].some((one) => groupOf(one, key).stickiness !== undefined),
  );
  const stickinessDuration = former?.stickinessDuration ?? (isSticky ? 1 : undefined);
  const forward = {
    ...former,
    weights,
    ...(stickinessDuration === undefined ? {} : { stickinessDuration }),
  };
  if (rule === undefined) return { ...configuration, forward };
  const changed = { ...rule, targetGroup: undefined, forward };
  return { ...configuration, rules: { ...rules, [action]: changed } };
}
