import * as pulumi from "@pulumi/pulumi";
import { Preflight, type LoadBalancedGroupArgs } from "../args";
import type { Gate } from "../gate/gate";
import { valueIfKnown } from "../shared/previewValues";
import { awsLookups, type AwsLookups } from "../lookups";
import type { Lookups } from "../lookups/lookups";
import { batched } from "./batch";
import { serversOf } from "../targetGroups/targets/instances";
import { serverProblems } from "../targetGroups/targets/instanceAwsChecks";
import type { CheckServer } from "../targetGroups/targets/register";
import { Failed, InvalidArgumentsError, legible, type Problem } from "../checks";
import type { SecretTexts } from "../gate/secretTexts";
import type { LoadBalancerLocation, Network, LoadBalancerZones } from "../network/location";
import type { Scope } from "../shared/scope";

/*
 * AWS registers a server outside the zones of its load balancer, but never sends requests to it. A server that
 * does not exist or is not running costs ten minutes of retries. So both are checked before anything is
 * created, as is everything else that AWS reports late or never.
 */

/** What the checks use. */
export interface PreflightTools {
  readonly gate: Gate;
  readonly lookups: Lookups;
  readonly secrets: SecretTexts;
}

/** What is known of the load balancer's network, and whether the component was deployed before. */
export interface Surroundings {
  readonly location: Promise<LoadBalancerLocation | undefined>;
  readonly zones: Promise<LoadBalancerZones | undefined>;
  readonly isDeployed: () => Promise<boolean | undefined>;
}

/** The checks of a component against AWS. */
export interface AwsChecks {
  /** What AWS would refuse, or accept without ever sending requests. */
  readonly problems: (aws: AwsLookups, where: Surroundings) => Promise<Problem[]>;
  /** What may keep requests from their targets. */
  readonly advice: (aws: AwsLookups, where: Surroundings) => Promise<Problem[]>;
  /** Whether the component was deployed before; undefined if AWS does not tell. */
  readonly isDeployed: (aws: AwsLookups) => Promise<boolean | undefined>;
}

/**
 * Checks the arguments against AWS. At preview it also warns of what may keep requests from their targets. The
 * returned function checks a server whose ID is known only later.
 */
export function preflight(
  { args, parent }: Scope,
  subject: string,
  network: Network,
  checks: AwsChecks,
  { gate, lookups, secrets }: PreflightTools,
): CheckServer {
  const { preflight: mode = Preflight.Enforce } = args;
  if (mode === Preflight.Off) return () => Promise.resolve([]);

  let lastWarning: string | undefined;
  let deployed: Promise<boolean | undefined> | undefined;
  const aws = awsLookups(lookups);
  const location = valueIfKnown(locationOf(network));
  const zones = zonesOf(args, network, location);
  const where = { location, zones, isDeployed };
  const problems = lookups.check(() => checks.problems(aws, where));
  // These are only warnings, and the preview has shown them before the update.
  const advice = pulumi.runtime.isDryRun()
    ? Promise.all([lookups.check(() => checks.advice(aws, where)), problems.then(adviceAmong)])
    : Promise.resolve([]);
  gate.check(problems.then(refused));
  const someAreLate = serversOf(args).some(({ id }) => typeof id !== "string");
  if (someAreLate && !pulumi.runtime.isDryRun()) void isDeployed();
  void warnOfAdvice();
  return batched(async (servers) => {
    const known = await zones;
    if (known === undefined) return [];
    const found = await lookups.check(() => serverProblems(servers, known, aws, isDeployed));
    void warnOfSkippedChecks();
    void warnOf(adviceAmong(found));
    return refused(found);
  });

  /** Whether the component was deployed before. It is looked up before anything is created. */
  function isDeployed(): Promise<boolean | undefined> {
    return (deployed ??= checks.isDeployed(aws));
  }

  function refused(found: Problem[]): Problem[] {
    const problems = found.filter(({ isAdvice = false }) => !isAdvice);
    if (mode === Preflight.Enforce) return problems;
    if (problems.length > 0) void warnOfProblems(problems);
    return [];
  }

  async function warnOfProblems(found: Problem[]): Promise<void> {
    // Redact before the message is made: shortened or escaped secrets would not be found any more.
    await warn(new InvalidArgumentsError(subject, await secrets.redactProblems(found)).message);
  }

  async function warnOfAdvice(): Promise<void> {
    await warnOf((await advice).flat());
    await problems;
    await warnOfSkippedChecks();
  }

  async function warnOf(found: Problem[]): Promise<void> {
    for (const { reason } of await secrets.redactProblems(found)) await warn(legible(reason));
  }

  async function warnOfSkippedChecks(): Promise<void> {
    const warning = lookups.skippedChecks();
    if (warning === lastWarning) return;
    lastWarning = warning;
    if (warning !== undefined) await warn(await secrets.redact(warning));
  }

  async function warn(message: string): Promise<void> {
    await pulumi.log.warn(message, parent);
  }
}

const adviceAmong = (found: Problem[]) => found.filter(({ isAdvice = false }) => isAdvice);

function locationOf({ vpc, subnets }: Network): pulumi.Output<LoadBalancerLocation | undefined> {
  const known = subnets();
  return vpc.apply((id) =>
    known.apply((all) => (Failed.isInstance(id) ? undefined : { vpcId: id, subnets: all })),
  );
}

/** Zones from the arguments are known without waiting for their subnets. */
async function zonesOf(
  { availabilityZones: zones }: LoadBalancedGroupArgs,
  network: Network,
  location: Promise<LoadBalancerLocation | undefined>,
): Promise<LoadBalancerZones | undefined> {
  if (zones !== undefined) {
    const vpcId = await valueIfKnown(network.vpc);
    return vpcId === undefined || Failed.isInstance(vpcId) ? undefined : { vpcId, zones };
  }
  const known = await location;
  if (known === undefined) return undefined;
  const { vpcId, subnets } = known;
  const { isGiven } = network;
  const ofSubnets = subnets.flatMap(({ availabilityZone }) => availabilityZone ?? []);
  // A subnet whose zone is unknown may be in any zone.
  return { vpcId, zones: ofSubnets.length === subnets.length ? ofSubnets : [], isGiven };
}
