import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../components/args";
import type { Problem } from "../components/checks";
import { findProblems } from "../components/validation";
import { Argument } from "./arguments";
import { stepsOf } from "./paths";
import { REGION_OF_ZONE } from "../components/plan/regions";

/** The configuration of an environment: the component's arguments as plain values, and two keys more. */
export type Configuration = pulumi.Unwrap<LoadBalancedGroupArgs> & {
  /**
   * The name of the group. The names of its resources start with it.
   *
   * Defaults to "web".
   */
  name?: string;
  /**
   * Whether the group uses an existing network, or a new VPC with one public subnet in each zone.
   *
   * Defaults to "existing".
   */
  network?: "existing" | "dedicated";
};

/** The problems of a configuration, without checks against AWS. */
export function findConfigProblems(
  config: Readonly<Record<string, unknown>>,
  region: string | undefined,
): Problem[] {
  const { name = "web", network = "existing", ...group } = config;
  return [
    ...ownProblems(name, network, group),
    ...findProblems("web", group),
    ...regionProblems(group, region),
  ];
}

/** The problems of encrypted keys whose values would still be visible, because they decide resources or names. */
export function secrecyProblems(
  config: Readonly<Record<string, unknown>>,
  isSecret: (key: string) => boolean,
  remedy: string,
): Problem[] {
  return Object.keys(config)
    .filter((key) => isSecret(key) && Argument.all.at(key)?.canBeSecret === false)
    .map((key): Problem => {
      const why = "it decides which resources are created, or their names";
      const reason = `${key} can't be secret, because ${why}, and these are not encrypted in the state; ${remedy}`;
      return { code: "output", propertyPath: key, reason };
    });
}

/**
 * The problem of a secret value as it may be shown: without the value, and without the keys in it that the user
 * chose.
 */
export function withoutValue(problem: Problem): Problem {
  const path = publicPart(problem.propertyPath);
  const part = problem.code === "unknown" ? "a property" : "a part";
  const subject = path === problem.propertyPath ? path : `${part} in ${path}`;
  const reason = problem.reason
    .replaceAll(problem.propertyPath, subject)
    .replace(/, got .*/s, ", got [secret]");
  return { ...problem, propertyPath: path, reason };
}

/** The key, which settings files show, and what follows of it with only names of arguments and positions in lists. */
function publicPart(path: string): string {
  let argument: Argument | undefined = Argument.all;
  let known = 0;
  for (const { step, end } of stepsOf(path)) {
    const isKey = known === 0;
    if (typeof step === "string" && !isKey && !argument.properties.includes(step)) break;
    known = end;
    argument = argument.at(step);
    if (argument === undefined) break;
  }
  return path.slice(0, known);
}

function ownProblems(name: unknown, network: unknown, group: Record<string, unknown>): Problem[] {
  const problems: Problem[] = [];
  if (name === "") {
    const reason = `name can't be empty; give it a value, or remove it to use the default, "web"`;
    problems.push({ code: "format", propertyPath: "name", reason });
  }
  if (network !== "existing" && network !== "dedicated") {
    const reason = `network must be "existing" or "dedicated", got ${JSON.stringify(network)}; use one of these values`;
    problems.push({ code: "choice", propertyPath: "network", reason });
  }
  if (network !== "dedicated") return problems;
  for (const key of ["vpcId", "subnetIds"].filter((one) => group[one] !== undefined)) {
    const reason =
      `${key} can't be combined with network "dedicated", which creates its own VPC; ` +
      `remove ${key}, or set network to "existing"`;
    problems.push({ code: "conflict", propertyPath: key, reason, edit: { remove: true } });
  }
  return problems;
}

/** The problems of zones outside the provider's region. If all zones are in one other region, the region is wrong. */
function regionProblems(
  { availabilityZones }: Record<string, unknown>,
  region: string | undefined,
): Problem[] {
  const zones: unknown[] = Array.isArray(availabilityZones) ? availabilityZones : [];
  const regions = zones.map((zone) =>
    typeof zone === "string" ? REGION_OF_ZONE.exec(zone)?.[1] : undefined,
  );
  const [first] = regions;
  if (region === undefined || regions.includes(undefined)) return [];
  if (first !== undefined && first !== region && regions.every((one) => one === first)) {
    const reason =
      `aws:region is ${region}, but all availabilityZones are in ${first}; ` +
      `set aws:region to ${first}, or use zones in ${region}`;
    return [{ code: "region", propertyPath: "aws:region", reason, edit: { write: first } }];
  }
  return regions.flatMap((one, index) => {
    if (one === region) return [];
    const propertyPath = `availabilityZones[${index}]`;
    const reason =
      `${propertyPath} must be a zone in ${region}, the region in aws:region, got "${String(zones[index])}"; ` +
      `use a zone in ${region}`;
    return [{ code: "region", propertyPath, reason }];
  });
}
