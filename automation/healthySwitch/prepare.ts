import { MAIN, resourceName } from "../../components/plan/targetGroups";
import type { Configuration } from "../../stacks/configuration";
import { findConfigProblems } from "../../stacks/configuration";
import type { ResourceChange } from "../changes";
import type { OperationResult } from "../operations";
import type { Configurations } from "./configurations";
import { type AwaitedGroup, type Stage, stagesBefore, SwitchRefusal } from "./stages";

/** What the preparation of a switch does with an environment. */
export interface SwitchSteps {
  readonly preview: () => Promise<OperationResult>;
  readonly readConfigurations: () => Promise<Configurations | undefined>;
  readonly deploy: (formerKeys: Stage["formerKeys"]) => Promise<unknown>;
  readonly awaitHealth: (groups: readonly AwaitedGroup[]) => Promise<void>;
}

/**
 * Deploys the stages before the wanted configuration, and waits for their targets. Returns its warnings.
 *
 * @throws SwitchRefusal
 */
export async function prepareSwitch(steps: SwitchSteps): Promise<string[]> {
  const configurations = await steps.readConfigurations();
  if (configurations === undefined) return [];
  const { deployed, wanted } = configurations;
  const { changes } = await steps.preview();
  if (replacedOf(changes, "aws:lb/loadBalancer:LoadBalancer").size > 0) {
    return [
      "switchWhenHealthy had no effect, because this update replaces the load balancer: requests may go to the new one " +
        "before its targets are healthy",
    ];
  }
  const stages = stagesBefore(deployed, wanted, replacedKeys(wanted, changes));
  for (const { configuration } of stages) refuseInvalid(configuration);
  for (const { configuration, formerKeys, awaited } of stages) {
    await configurations.with(configuration, () => steps.deploy(formerKeys));
    if (awaited.length > 0) await steps.awaitHealth(awaited);
  }
  return [];
}

/** The keys of the target groups that the wanted configuration replaces. */
function replacedKeys(
  { name = "web", targetGroups = {} }: Configuration,
  changes: readonly ResourceChange[],
): Set<string> {
  const names = replacedOf(changes, "aws:lb/targetGroup:TargetGroup");
  const keys = [MAIN, ...Object.keys(targetGroups)];
  return new Set(keys.filter((key) => names.has(resourceName(name, "tg", { key }))));
}

/** The names of the resources of a type that are replaced. */
function replacedOf(changes: readonly ResourceChange[], wanted: string): Set<string> {
  return new Set(
    changes
      .filter(({ type, change }) => type === wanted && REPLACEMENTS.has(change))
      .map(({ name }) => name),
  );
}

const REPLACEMENTS: ReadonlySet<string> = new Set(["replace", "create-replacement"]);

function refuseInvalid(configuration: Configuration): void {
  const problem = findConfigProblems(configuration, undefined).at(0);
  if (problem === undefined) return;
  throw new SwitchRefusal(
    problem.propertyPath,
    "switchWhenHealthy first adds the new target group to the deployed configuration, but together they are not valid: " +
      `${problem.reason}. First change the target group, and the other arguments that this problem names, in a ` +
      "separate update",
  );
}
