import * as pulumi from "@pulumi/pulumi";
import type { ForwardArgs } from "../args";
import { InvalidArgumentsError, legible, problemAt, type Problem } from "../checks";
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
  /** What it does in the state, if another tool manages it. */
  readonly actions: pulumi.Output<readonly Action[]>;
}

interface Action {
  readonly type: string;
  readonly targetGroupArn?: string;
  readonly forward?: {
    readonly targetGroups: readonly { readonly arn: string; readonly weight?: number }[];
  };
}

type Listeners = readonly Pick<PlannedListener, "key" | "settings" | "pathPrefix">[];

interface Group {
  readonly subject: string;
  readonly secrets: SecretTexts;
  readonly parent: pulumi.Resource;
  readonly vpcId: pulumi.Output<string>;
}

/**
 * Looks at preview for target groups that are created or replaced, while the listener or rule that forwards to them
 * exists already, and for listeners and rules whose weights another tool changes.
 *
 * It warns of target groups without targets here: a service that registers its own targets learns the ARN only when
 * they get requests. It also warns of a listener or rule that starts with the weights of the program.
 *
 * @throws InvalidArgumentsError where another tool manages the weights, and the program changes more than Pulumi then
 * does: it would not forward to the target groups, and could not delete those that were replaced.
 */
export async function checkNewTargetGroups(
  { subject, secrets, parent, vpcId }: Group,
  listeners: Listeners,
  created: CreatedListeners,
  destinations: Destinations,
): Promise<void> {
  // While the VPC is unknown, each target group looks like a new one.
  if (!pulumi.runtime.isDryRun() || (await valueIfKnown(vpcId)) === undefined) return;
  const found = await Promise.all(
    forwarders(listeners, created).map((one) => judge(one, destinations)),
  );
  const refused = found.flatMap(({ problems }) => problems);
  if (refused.length > 0) {
    throw new InvalidArgumentsError(subject, await secrets.redactProblems(refused));
  }
  for (const warning of found.flatMap(({ warnings }) => warnings)) {
    await pulumi.log.warn(legible(await secrets.redact(warning)), parent);
  }
}

interface Judgement {
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
}

async function judge(forwarder: Forwarder, destinations: Destinations): Promise<Judgement> {
  const { path, arn, weights, managedElsewhere = false } = forwarder;
  const keys = Object.keys(weights);
  const arns = await Promise.all(
    keys.map((key) => valueIfKnown(destinations.targetGroups[key].arn)),
  );
  const added = keys.filter((_, index) => arns[index] === undefined);
  // An ARN is known at preview if the resource exists and is not replaced.
  if ((await valueIfKnown(arn)) === undefined) {
    const starts = managedElsewhere && added.length === 0;
    return { problems: [], warnings: starts ? [startsAnew(path)] : [] };
  }
  if (!managedElsewhere) {
    const empty = added.filter((key) => {
      const weight = weights[key];
      const hasRequests = typeof weight === "number" && weight > 0;
      return hasRequests && destinations.registrations[key].length === 0;
    });
    return { problems: [], warnings: empty.map((key) => hasNoTargets(path, key)) };
  }
  const now = await servingNow(forwarder);
  const others = now?.filter((one) => !arns.includes(one)) ?? [];
  const isOther = added.length === 0 && now !== undefined && others.length === now.length;
  return {
    problems: [...added.map((key) => isNew(path, key)), ...(isOther ? [doesMore(path)] : [])],
    warnings: others.map((one) => alsoServes(path, one)),
  };
}

/**
 * The target groups that get requests now. None if a listener or rule does anything else than forward; undefined if that
 * is not known.
 */
async function servingNow({ actions }: Forwarder): Promise<string[] | undefined> {
  const known = await valueIfKnown(actions);
  if (known === undefined) return undefined;
  const [{ type, targetGroupArn, forward }, ...others] = known;
  if (type !== "forward" || others.length > 0) return [];
  const groups = forward?.targetGroups ?? [];
  const weighted = groups.filter(({ weight = 1 }) => weight > 0);
  const serving = weighted.length > 0 ? weighted : groups;
  return [...serving.map(({ arn }) => arn), targetGroupArn ?? ""].filter((arn) => arn !== "");
}

function forwarders(listeners: Listeners, created: CreatedListeners): Forwarder[] {
  return listeners.flatMap(({ key: listenerKey, settings, pathPrefix }) => {
    const { forward = { weights: { [MAIN]: 1 } }, defaultAction, rules = {} } = settings;
    const listener = created.listeners[listenerKey];
    const isForwarding = listener !== undefined && defaultAction === undefined;
    const ofRules = Object.entries(rules).flatMap(([key, rule]) => {
      const { arn, actions } = created.rules[pathPrefix === "" ? key : `${listenerKey}.${key}`];
      const path = `${pathPrefix}rules.${key}`;
      if (rule.forward !== undefined) {
        return [{ ...rule.forward, path: `${path}.forward`, arn, actions }];
      }
      if (rule.targetGroup === undefined) return [];
      return [{ weights: { [rule.targetGroup]: 1 }, path: `${path}.targetGroup`, arn, actions }];
    });
    if (!isForwarding) return ofRules;
    const { arn, defaultActions: actions } = listener;
    return [{ ...forward, path: `${pathPrefix}forward`, arn, actions }, ...ofRules];
  });
}

/** The way to change what Pulumi leaves alone. */
const FIRST =
  "first set weights to what AWS has now and remove managedElsewhere, run pulumi up, and then set it again";

const isNew = (path: string, key: string) =>
  problemAt(
    "fixed",
    `${path}.managedElsewhere`,
    `the target group ${key} is created or replaced, but Pulumi does not add it to the target groups that get ` +
      `requests while managedElsewhere is true; ${FIRST}`,
  );

const doesMore = (path: string) =>
  problemAt(
    "fixed",
    `${path}.managedElsewhere`,
    "the listener or rule does not only forward to these target groups yet, and Pulumi does not change that while " +
      "managedElsewhere is true; first run pulumi up without managedElsewhere, and then set it",
  );

const alsoServes = (path: string, arn: string) =>
  `${path}: requests also go to the target group ${arn}, and Pulumi does not change that while managedElsewhere is ` +
  "true; if the other tool added it, ignore this warning";

const startsAnew = (path: string) =>
  `${path}: the listener or rule is created or replaced, and starts with weights; set them to what AWS has now, and give ` +
  "the new ARN to the tool that changes them";

const hasNoTargets = (path: string, key: string) =>
  `${path}: the target group ${key} is created or replaced, and has no targets here, so its requests get 503 until ` +
  "something else registers targets, such as Amazon ECS; to lose none, add a further target group with the weight 0, let " +
  "targets be registered with it, and change the weights in a later update";
