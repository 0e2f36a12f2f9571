import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../components/args";
import type { Problem } from "../components/rules";
import { findConfigProblems, keyOf, parseConfig, withoutValue } from "./configuration";

/** What a stack's configuration asks for. */
export interface StackConfig {
  /** The group's name. */
  readonly name: string;
  /** Whether the group stands in networks that exist, or in a VPC made for it. */
  readonly network: "existing" | "dedicated";
  readonly group: LoadBalancedGroupArgs;
}

/**
 * The configuration of the selected stack. Its keys are the component's arguments, by the same names,
 * and `name` and `network`.
 *
 * @throws pulumi.RunError that lists everything that is wrong, each with the command that mends it.
 */
export function readConfig(): StackConfig {
  const config = configured();
  const problems = findConfigProblems(config, new pulumi.Config("aws").get("region"));
  const { name = "web", network = "existing", ...group } = config;
  if (problems.length > 0) throw refusalOf(problems.map(shown), group);
  return {
    name: String(name),
    network: network === "dedicated" ? network : "existing",
    group: withSecrets(group),
  };
}

/** What may be an output, and so a secret in the stack's state too. */
const MAY_BE_SECRET = [
  "vpcId",
  "subnetIds",
  "securityGroupIds",
  "certificateArn",
  "webAclArn",
  "sslPolicy",
  "deletionProtection",
  "tags",
];

function withSecrets(group: Record<string, unknown>): LoadBalancedGroupArgs {
  const entries = Object.entries(group).map(([key, value]): [string, unknown] => [
    key,
    isSecret(key) && MAY_BE_SECRET.includes(key) ? pulumi.secret(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** Whether a value is encrypted in the configuration, which Pulumi's types do not offer to ask. */
function isSecret(key: string): boolean {
  const runtime: object = pulumi.runtime;
  if (!("isConfigSecret" in runtime) || typeof runtime.isConfigSecret !== "function") return false;
  return Reflect.apply(runtime.isConfigSecret, runtime, [`${pulumi.getProject()}:${key}`]) === true;
}

/** The problem without what was given, where that is encrypted in the configuration. */
function shown(problem: Problem): Problem {
  return isSecret(keyOf(problem)) ? withoutValue(problem) : problem;
}

function configured(): Record<string, unknown> {
  const prefix = `${pulumi.getProject()}:`;
  const own = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(prefix));
  return parseConfig(own.map(([key, value]) => [key.slice(prefix.length), value]));
}

function refusalOf(problems: Problem[], config: Record<string, unknown>): pulumi.RunError {
  const lines = problems.map(
    (problem) => `  - ${problem.reason}\n      ${commandFor(problem, config)}`,
  );
  const error = new pulumi.RunError(
    [`the configuration of the stack ${pulumi.getStack()} can't be used:`, ...lines].join("\n"),
  );
  // Pulumi prints an error with its stack for its traces, which takes Node 20 many seconds and gigabytes.
  error.stack = undefined;
  return error;
}

/** What the items of lists look like. */
const ITEMS: Record<string, string> = {
  availabilityZones: "us-west-2a",
  subnetIds: "subnet-...",
  instanceIds: "i-...",
  securityGroupIds: "sg-...",
  targetSecurityGroupIds: "sg-...",
  ingressCidrBlocks: "10.0.0.0/16",
};

/** The command that mends a problem, but for the value that only the user knows. */
function commandFor(problem: Problem, config: Record<string, unknown>): string {
  const { propertyPath: path, superfluous = false } = problem;
  if (superfluous) return `pulumi config rm --path '${path}'`;
  if (!Object.hasOwn(ITEMS, path)) return `pulumi config set --path '${path}' <value>`;
  const item = ITEMS[path];
  const items = config[path];
  if (Array.isArray(items)) return `pulumi config set --path '${path}[${items.length}]' ${item}`;
  const set = `pulumi config set --path '${path}[0]' ${item}`;
  return items === undefined ? set : `pulumi config rm ${path} && ${set}`;
}
