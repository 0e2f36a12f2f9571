import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../components/args";
import { isRecord, legible, type Problem } from "../components/checks";
import { Argument } from "./arguments";
import { findConfigProblems, secrecyProblems, withoutValue } from "./configuration";
import { parseConfig } from "./parsing";
import { orderedByRemedy, keyOf, type ConfiguredStack, PLACEHOLDER, remedyFor } from "./remedies";

/** The configuration of a stack. */
export interface StackConfig {
  /** The group's name. */
  readonly name: string;
  /** Whether the group uses an existing network, or a new VPC. */
  readonly network: "existing" | "dedicated";
  readonly group: LoadBalancedGroupArgs;
}

/**
 * Reads the configuration of the selected stack. Its keys are the names of the component's arguments, `name` and
 * `network`.
 *
 * @throws pulumi.RunError with all problems, each with a command that corrects it.
 */
export function readConfig(): StackConfig {
  const config = readStackValues();
  const region = new pulumi.Config("aws").get("region");
  const stack = { name: pulumi.getStack(), config, region, isSecret };
  const problems = [
    ...findConfigProblems(config, region).map((problem) =>
      isSecret(keyOf(problem.propertyPath, config)) ? withoutValue(problem) : problem,
    ),
    ...secrecyProblems(config, isSecret, "set it without --secret"),
  ];
  if (problems.length > 0) throw configError(problems, stack);
  const { name = "web", network = "existing", ...group } = config;
  return {
    name: String(name),
    network: network === "dedicated" ? network : "existing",
    group: withSecrets(group),
  };
}

function withSecrets(group: Record<string, unknown>): LoadBalancedGroupArgs {
  const entries = Object.entries(group).map(([key, value]): [string, unknown] => [
    key,
    isSecret(key) ? asSecret(value, Argument.all.at(key)) : value,
  ]);
  return Object.fromEntries(entries);
}

/** The value as a secret. If it can't be an output, only its parts are secrets. */
function asSecret(value: unknown, argument: Argument | undefined): unknown {
  if (argument?.isPlain === false) return pulumi.secret(value);
  if (Array.isArray(value)) return value.map((one, index) => asSecret(one, argument?.at(index)));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, one]) => [
    key,
    asSecret(one, argument?.at(key)),
  ]);
  return Object.fromEntries(entries);
}

/** Whether a value, or a part of it, is encrypted. Pulumi's function for it is missing in its types. */
function isSecret(key: string): boolean {
  const runtime: object = pulumi.runtime;
  if (!("isConfigSecret" in runtime) || typeof runtime.isConfigSecret !== "function") return false;
  return Reflect.apply(runtime.isConfigSecret, runtime, [`${pulumi.getProject()}:${key}`]) === true;
}

function readStackValues(): Record<string, unknown> {
  const prefix = `${pulumi.getProject()}:`;
  const own = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(prefix));
  return parseConfig(own.map(([key, value]) => [key.slice(prefix.length), value]));
}

/** Nobody reads more problems before correcting the first ones. */
const MAX_PROBLEMS = 20;

function configError(problems: readonly Problem[], stack: ConfiguredStack): pulumi.RunError {
  const first = orderedByRemedy(problems).slice(0, MAX_PROBLEMS);
  const lines = first.flatMap((problem) => [
    `  - ${legible(problem.reason)}`,
    `      ${legible(remedyFor(problem, stack))}`,
  ]);
  const omitted = problems.length - first.length;
  if (omitted > 0) lines.push(`  - and ${omitted} more, which are shown when these are corrected`);
  if (lines.some((line) => line.endsWith(` ${PLACEHOLDER}`))) {
    lines.push(`Replace ${PLACEHOLDER} with your own value.`);
  }
  const error = new pulumi.RunError(
    [`the configuration of the stack ${stack.name} is not valid:`, ...lines].join("\n"),
  );
  // With a stack, Pulumi prepares a stack trace, which takes Node 20 many seconds and gigabytes of memory.
  error.stack = undefined;
  return error;
}
