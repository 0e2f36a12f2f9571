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
  if (problems.length > 0) throw new pulumi.RunError(refusalOf(problems, group));
  return { name: String(name), network: network === "dedicated" ? network : "existing", group };
}

/** Keys whose values are strings whatever they look like; any other value is written in JSON. */
const TEXTS = ["name", "network", "vpcId", "certificateArn", "preflight"];

function configured(): Record<string, unknown> {
  const prefix = `${pulumi.getProject()}:`;
  const own = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(
    own.map(([key, value]) => {
      const name = key.slice(prefix.length);
      return [name, TEXTS.includes(name) ? value : parsed(value)];
    }),
  );
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

function refusalOf(problems: Problem[], config: Record<string, unknown>): string {
  const lines = problems.map(
    (problem) => `  - ${problem.reason}\n      ${commandFor(problem, config)}`,
  );
  return [`the configuration of the stack ${pulumi.getStack()} can't be used:`, ...lines].join(
    "\n",
  );
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
