import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../components/args";
import type { Problem } from "../components/rules";
import { findProblems } from "../components/validation";

/** What an environment is configured by: the component's arguments as plain values, and two more. */
export type Configuration = pulumi.Unwrap<LoadBalancedGroupArgs> & {
  /**
   * The group's name, which those of its resources begin with.
   *
   * Defaults to "web".
   */
  name?: string;
  /**
   * Whether the group stands in networks that exist, or in a VPC made for it.
   *
   * Defaults to "existing".
   */
  network?: "existing" | "dedicated";
};

/** Everything that is wrong with a configuration, as far as it shows without AWS. */
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

/** The key of the configuration that a problem is about. */
export function keyOf({ propertyPath }: Problem): string {
  return propertyPath.split(/[.[]/)[0];
}

/** The problem as it may be told where the key's value is secret, which may hold secret keys too. */
export function withoutValue(problem: Problem): Problem {
  const key = keyOf(problem);
  const reason = problem.reason
    .replaceAll(problem.propertyPath, key)
    .replace(/, got .*/s, ", got a secret value");
  return { ...problem, propertyPath: key, reason };
}

/** What is text whatever it looks like; the CLI writes `1` and `true` without quotes. */
const TEXTS = [
  "name",
  "network",
  "vpcId",
  "certificateArn",
  "sslPolicy",
  "webAclArn",
  "ipAddressType",
  "preflight",
];
const TEXTS_WITHIN = [
  /^tags\./,
  /^(accessLogs|connectionLogs|healthCheckLogs)\.(bucket|prefix)$/,
  /^domain\.(name|zoneId)$/,
  /^targetGroups?\.(.+\.)?healthCheck\.(path|matcher)$/,
  /^targetGroups?\.(.+\.)?stickiness\.cookieName$/,
  /^defaultAction\.(fixedResponse\.messageBody|redirect\.(host|path|query))$/,
  /^rules\..+\.(targetGroup|messageBody|httpHeaders\..+|queryStrings\..+)$/,
  /^rules\..+\.redirect\.(host|path|query)$/,
  /^targetGroups?\.(.+\.)?loadBalancingCrossZoneEnabled$/,
  /^targetGroups?\.(.+\.)?targetGroupHealth\.(dnsFailover\.\w+|unhealthyStateRouting\.\w+Percentage)$/,
];

/** The values of a stack's configuration, which Pulumi keeps as text. */
export function parseConfig(
  entries: readonly (readonly [string, string])[],
): Record<string, unknown> {
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      TEXTS.includes(name) ? value : withTexts(parsed(value), name),
    ]),
  );
}

function withTexts(value: unknown, path: string): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => withTexts(one, path));
  if (typeof value !== "object" || value === null) {
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

function regionProblems(
  { availabilityZones }: Record<string, unknown>,
  region: string | undefined,
): Problem[] {
  const zones: unknown[] = Array.isArray(availabilityZones) ? availabilityZones : [];
  return zones.flatMap((zone, index) => {
    if (region === undefined || typeof zone !== "string" || zone.startsWith(region)) return [];
    const propertyPath = `availabilityZones[${index}]`;
    const reason = `${propertyPath} must lie in aws:region, which is ${region}, got "${zone}"`;
    return [{ propertyPath, reason }];
  });
}
