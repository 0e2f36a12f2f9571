import * as pulumi from "@pulumi/pulumi";
import { Protocol, ProtocolVersion, type LoadBalancedServiceArgs, type RuleArgs } from "../../args";
import { adviceAt, problemAt, strings, type Problem } from "../../checks";
import type { AwsLookups } from "../../lookups";
import type { FoundRule } from "../../lookups/loadBalancing";
import { labelsOfOwner, ownerOf, renameText, serviceText } from "../../plan/owner";
import { nearestFree, priorityOf } from "../../plan/priorities";
import { argumentPathOf, MAIN, plannedGroups } from "../../plan/targetGroups";
import { valueIfKnown } from "../../shared/previewValues";
import { conditionTexts } from "../rules/create";

const AUTHENTICATIONS = [
  ["authenticateOidc", "a login"],
  ["authenticateCognito", "a login"],
  ["jwtValidation", "the validation of tokens"],
] as const;

/** What needs an HTTPS listener, if the listener is one for HTTP. */
export function protocolProblems(
  args: LoadBalancedServiceArgs,
  protocol: string | undefined,
): Problem[] {
  if (protocol !== Protocol.HTTP) return [];
  const versions = plannedGroups(args).flatMap((group) => {
    const { protocolVersion } = group.settings;
    if (protocolVersion === ProtocolVersion.HTTP1) return [];
    const path =
      group.key === MAIN ? "targetGroup.protocolVersion" : argumentPathOf(group, "protocolVersion");
    return [[path, `the protocol version ${protocolVersion}`] as const];
  });
  const authentications = Object.entries(args.rules).flatMap(([key, rule]) =>
    AUTHENTICATIONS.filter(([name]) => rule[name] !== undefined).map(
      ([name, what]) => [`rules.${key}.${name}`, what] as const,
    ),
  );
  const certificates = Object.keys(args.certificateArns ?? {}).map(
    (key) => [`certificateArns.${key}`, "a certificate"] as const,
  );
  return [...versions, ...authentications, ...certificates].map(([path, what]) =>
    problemAt(
      "conflict",
      path,
      `${what} needs an HTTPS listener, but the listener in listenerArn is one for HTTP; use the ARN of an HTTPS ` +
        `listener, or remove ${path}`,
    ),
  );
}

/** A rule of the service, with its priority and what has this priority in AWS. */
interface Placed {
  readonly path: string;
  readonly rule: RuleArgs;
  readonly priority: number;
  readonly found: FoundRule | undefined;
}

/**
 * The rules that have the priorities of a service's rules in AWS now; none if the listener is not known yet. The
 * computed priorities are those of the owner.
 */
export async function findPlacedRules(
  owner: string,
  { listenerArn, rules }: LoadBalancedServiceArgs,
  aws: Pick<AwsLookups, "ruleAt">,
): Promise<Placed[]> {
  const arn = await valueIfKnown(pulumi.output(listenerArn));
  if (arn === undefined) return [];
  const labelOf = labelsOfOwner(owner);
  const placed = Object.entries(rules).map(async ([key, rule]) => {
    const priority = rule.priority ?? priorityOf(labelOf(key), rule);
    const path = rule.priority === undefined ? `rules.${key}` : `rules.${key}.priority`;
    return { path, rule, priority, found: await aws.ruleAt(arn, priority) };
  });
  return Promise.all(placed);
}

/**
 * Whether another owner is probably this service under a former name, because the stack, the project or the
 * service was renamed: it has all rules of this service.
 */
export async function isFormerName(
  owner: string,
  args: LoadBalancedServiceArgs,
  aws: Pick<AwsLookups, "ruleAt">,
): Promise<boolean> {
  const placed = await findPlacedRules(owner, args, aws);
  return (
    placed.length > 0 &&
    placed.every(({ rule, found }) => found?.owner === owner && isAlike(rule, found))
  );
}

/** Whether one of the service's rules exists; undefined if AWS does not tell. */
export function isServiceDeployed(name: string, placed: readonly Placed[]): boolean | undefined {
  if (placed.some(({ found }) => isOwn(name, found))) return true;
  return placed.some(({ found }) => found === undefined) ? undefined : false;
}

/** The rules whose priorities somebody else has. */
export function priorityProblems(name: string, placed: readonly Placed[]): Problem[] {
  const taken = new Set(placed.map(({ priority }) => priority));
  return placed.flatMap(({ path, rule, priority, found }) => {
    if (found === undefined || found.missing === true || isOwn(name, found)) return [];
    const { owner, arn = "" } = found;
    const other = `${owner === undefined ? "another rule" : `a rule of ${serviceText(owner)}`}, ${arn}`;
    if (isAlike(rule, found)) {
      // Perhaps the stack or the project was renamed, and the rule is this one.
      const renamed = owner === undefined ? "" : `${renameText(owner, ownerOf(name))}; `;
      const text =
        `the priority ${priority} is that of ${other}, which has the same conditions; ${renamed}otherwise, AWS will ` +
        "refuse this rule: change its conditions and its priority";
      return [adviceAt("conflict", path, text)];
    }
    const free = nearestFree(priority, (number) => taken.has(number));
    const setting = path.endsWith(".priority") ? path : `${path}.priority`;
    const text =
      `the priority ${priority} is taken on this listener by ${other}; set ${setting} to a number that no rule of ` +
      `the listener has${free === undefined ? "" : `, such as ${free} if it is free`}`;
    return [problemAt("conflict", path, text)];
  });
}

const isOwn = (name: string, found: FoundRule | undefined) => found?.owner === ownerOf(name);

/** Whether a rule in AWS has the same conditions, as far as they are known. */
function isAlike(rule: RuleArgs, { conditionTexts: texts }: FoundRule): boolean {
  const own = conditionTexts(rule);
  return texts !== undefined && strings(own).length === own.length && sameTexts(own, texts);
}

const sameTexts = (some: readonly unknown[], others: readonly string[]) =>
  JSON.stringify([...some].sort()) === JSON.stringify([...others].sort());
