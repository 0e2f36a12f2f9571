import * as pulumi from "@pulumi/pulumi";
import type { ForwardArgs } from "../args";
import { InvalidArgumentsError, legible, problemAt } from "../checks";
import type { SecretTexts } from "../gate/secretTexts";
import type { PlannedListener } from "../plan/listeners";
import { MAIN } from "../plan/targetGroups";
import { valueIfKnown } from "../shared/previewValues";
import type { Destinations } from "../targetGroups/targets/register";
import type { CreatedListeners } from "./create";

/** What forwards to target groups: a listener by its default action, or a rule. */
interface Forwarder extends ForwardArgs {
  /** The path of the forward in the arguments. */
  readonly path: string;
  readonly arn: pulumi.Output<string>;
}

type Listeners = readonly Pick<PlannedListener, "key" | "settings" | "pathPrefix">[];

/**
 * Looks at preview for target groups that are created or replaced, while the listener or rule that forwards to them
 * exists already.
 *
 * It warns of those without targets here: a service that registers its own targets learns the ARN only when they get
 * requests.
 *
 * @throws InvalidArgumentsError for those that another tool manages. Pulumi does not forward to them, and can't delete
 * the ones that were replaced.
 */
export async function checkNewTargetGroups(
  { subject, secrets, parent }: { subject: string; secrets: SecretTexts; parent: pulumi.Resource },
  listeners: Listeners,
  created: CreatedListeners,
  destinations: Destinations,
): Promise<void> {
  if (!pulumi.runtime.isDryRun()) return;
  const found = forwarders(listeners, created).map(async (forwarder) => {
    const keys = await newGroupsOf(forwarder, destinations);
    return keys.map((key) => ({ ...forwarder, key }));
  });
  const all = (await Promise.all(found)).flat();
  const refused = all.filter(({ managedElsewhere }) => managedElsewhere).map(problemOf);
  if (refused.length > 0) {
    throw new InvalidArgumentsError(subject, await secrets.redactProblems(refused));
  }
  const empty = all.filter(({ key, weights }) => {
    const weight = weights[key];
    const hasRequests = typeof weight === "number" && weight > 0;
    return hasRequests && destinations.registrations[key].length === 0;
  });
  for (const one of empty) {
    await pulumi.log.warn(legible(await secrets.redact(warningOf(one))), parent);
  }
}

function forwarders(listeners: Listeners, created: CreatedListeners): Forwarder[] {
  return listeners.flatMap(({ key: listenerKey, settings, pathPrefix }) => {
    const { forward = { weights: { [MAIN]: 1 } }, defaultAction, rules = {} } = settings;
    const listener = created.listeners[listenerKey];
    const isForwarding = listener !== undefined && defaultAction === undefined;
    const ofRules = Object.entries(rules).flatMap(([key, rule]) => {
      const { arn } = created.rules[pathPrefix === "" ? key : `${listenerKey}.${key}`];
      const path = `${pathPrefix}rules.${key}`;
      if (rule.forward !== undefined) return [{ ...rule.forward, path: `${path}.forward`, arn }];
      if (rule.targetGroup === undefined) return [];
      return [{ weights: { [rule.targetGroup]: 1 }, path: `${path}.targetGroup`, arn }];
    });
    return [
      ...(isForwarding ? [{ ...forward, path: `${pathPrefix}forward`, arn: listener.arn }] : []),
      ...ofRules,
    ];
  });
}

/** An ARN is known at preview if the resource exists and is not replaced. */
async function newGroupsOf(
  { arn, weights }: Forwarder,
  { targetGroups }: Destinations,
): Promise<string[]> {
  if ((await valueIfKnown(arn)) === undefined) return [];
  const keys = Object.keys(weights);
  const known = await Promise.all(keys.map((key) => valueIfKnown(targetGroups[key].arn)));
  return keys.filter((_, index) => known[index] === undefined);
}

type NewGroup = Pick<Forwarder, "path"> & { readonly key: string };

const problemOf = ({ path, key }: NewGroup) =>
  problemAt(
    "fixed",
    `${path}.managedElsewhere`,
    `the target group ${key} is created or replaced, but Pulumi does not add it to the target groups that get ` +
      "requests while managedElsewhere is true; first set weights to what AWS has now and remove managedElsewhere, run " +
      "pulumi up, and then set it again",
  );

const warningOf = ({ path, key }: NewGroup) =>
  `${path}: the target group ${key} is created or replaced, and has no targets here, so its requests get 503 until ` +
  "something else registers targets, such as Amazon ECS; to lose none, add a further target group with the weight 0, let " +
  "targets be registered with it, and change the weights in a later update";
