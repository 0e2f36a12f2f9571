import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../components/args";
import type { Problem } from "../components/rules";
import { findProblems } from "../components/validation";

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
  const { name = "web", network = "existing", ...group } = configured();
  const problems = [
    ...ownProblems(name, network, group),
    ...findProblems("web", group),
    ...regionProblems(group),
  ];
  if (problems.length > 0) throw refusalOf(problems.map(withoutSecret), group);
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
function withoutSecret(problem: Problem): Problem {
  const [key = ""] = problem.propertyPath.split(/[.[]/);
  if (!isSecret(key)) return problem;
  return { ...problem, reason: problem.reason.replace(/, got .*/s, ", got a secret value") };
}

/** What is text whatever it looks like; the CLI writes `1` and `true` without quotes. */
const TEXTS = ["name", "network", "vpcId", "certificateArn", "preflight"];
const TEXTS_WITHIN = [
  /^tags\./,
  /^accessLogs\./,
  /^targetGroup\.healthCheck\.(path|matcher)$/,
  /^targetGroup\.stickiness\.cookieName$/,
];

function configured(): Record<string, unknown> {
  const prefix = `${pulumi.getProject()}:`;
  const own = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(
    own.map(([key, value]) => {
      const name = key.slice(prefix.length);
      return [name, TEXTS.includes(name) ? value : withTexts(parsed(value), name)];
    }),
  );
}

function withTexts(value: unknown, path: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const isText = ["number", "boolean"].includes(typeof value);
    return isText && TEXTS_WITHIN.some((texts) => texts.test(path)) ? String(value) : value;
  }
  const entries = Object.entries(value).map(([key, one]) => [
    key,
    withTexts(one, `${path}.${key}`),
  ]);
  return Object.fromEntries(entries);
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function ownProblems(name: unknown, network: unknown, group: Record<string, unknown>): Problem[] {
  const problems: Problem[] = [];
  if (name === "") problems.push({ propertyPath: "name", reason: "name must not be empty" });
  if (network !== "existing" && network !== "dedicated") {
    const reason = `network must be existing or dedicated, got ${JSON.stringify(network)}`;
    problems.push({ propertyPath: "network", reason });
  }
  if (network !== "dedicated") return problems;
  for (const key of ["vpcId", "subnetIds"].filter((one) => group[one] !== undefined)) {
    const reason = `${key} does not go with network dedicated, which makes a VPC of its own`;
    problems.push({ propertyPath: key, reason, superfluous: true });
  }
  return problems;
}

function regionProblems({ availabilityZones }: Record<string, unknown>): Problem[] {
  const region = new pulumi.Config("aws").get("region");
  const zones: unknown[] = Array.isArray(availabilityZones) ? availabilityZones : [];
  return zones.flatMap((zone, index) => {
    if (region === undefined || typeof zone !== "string" || zone.startsWith(region)) return [];
    const propertyPath = `availabilityZones[${index}]`;
    const reason = `${propertyPath} must lie in aws:region, which is ${region}, got "${zone}"`;
    return [{ propertyPath, reason }];
  });
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
