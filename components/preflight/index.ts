import * as pulumi from "@pulumi/pulumi";
import { Preflight, type LoadBalancedGroupArgs } from "../args";
import type { Gate } from "../gate/gate";
import { valueIfKnown } from "../shared/previewValues";
import { awsLookups } from "../lookups";
import type { Lookups } from "../lookups/lookups";
import { addressProblems } from "../targetGroups/targets/addressAwsChecks";
import { batched } from "./batch";
import { serverProblems } from "../targetGroups/targets/instanceAwsChecks";
import { findProblems } from "./problems";
import type { CheckServer } from "../targetGroups/targets/register";
import { findUnreachable } from "../securityGroups/findUnreachable";
import { Failed, legible, refusal, type Problem } from "../checks";
import type { SecretTexts } from "../gate/secrets";
import type { LoadBalancerLocation, Network, LoadBalancerZones } from "../network/location";
import type { Scope } from "../shared/scope";

/*
 * AWS registers a server that lies in no zone of its load balancer and silently never uses it, and a
 * server that does not exist or does not run costs ten minutes of retries. So both are asked before
 * anything is created, and all else that AWS would say late or not at all.
 */

/** What the checks use. */
export interface PreflightTools {
  readonly gate: Gate;
  readonly lookups: Lookups;
  readonly secrets: SecretTexts;
}

/**
 * Checks against AWS what is known before anything is made: where all stands, and what it is to be made
 * of. At preview also warns of servers that a load balancer with these security groups does not get to.
 */
export function preflight(
  scope: Scope,
  network: Network,
  securityGroupIds: pulumi.Output<string[]>,
  { gate, lookups, secrets }: PreflightTools,
): CheckServer {
  const { name, args, parent } = scope;
  const { preflight: mode = Preflight.Enforce } = args;
  if (mode === Preflight.Off) return () => Promise.resolve([]);

  let lastWarning: string | undefined;
  const aws = awsLookups(lookups);
  const location = valueIfKnown(locationOf(network));
  const zones = zonesOf(args, network, location);
  const problems = lookups.check(async () => {
    const found = await Promise.all([
      findProblems(name, args, location, zones, aws),
      addressProblems(args, () => valueIfKnown(network.networks())),
    ]);
    return found.flat();
  });
  // Nothing waits for this one, so an update does not ask again what its preview did.
  const unreachable = pulumi.runtime.isDryRun()
    ? lookups.check(() => findUnreachable(args, location, securityGroupIds, aws))
    : Promise.resolve([]);
  gate.check(problems.then(enforced));
  void warnOfUnreachable();
  return batched(async (servers) => {
    const where = await zones;
    if (where === undefined) return [];
    const found = await lookups.check(() => serverProblems(servers, where, aws));
    void warnOfSkippedChecks();
    return enforced(found);
  });

  function enforced(found: Problem[]): Problem[] {
    if (mode === Preflight.Enforce) return found;
    if (found.length > 0) void warnOfProblems(found);
    return [];
  }

  async function warnOfProblems(found: Problem[]): Promise<void> {
    // Secrets are hidden first: what is written out or shortened is not known for one any more.
    await warn(refusal(name, await secrets.redactProblems(found)).message);
  }

  async function warnOfUnreachable(): Promise<void> {
    for (const { reason } of await secrets.redactProblems(await unreachable))
      await warn(legible(reason));
    await problems;
    await warnOfSkippedChecks();
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

function locationOf({ vpc, subnets }: Network): pulumi.Output<LoadBalancerLocation | undefined> {
  const known = subnets();
  return vpc.apply((id) =>
    known.apply((all) => (Failed.isInstance(id) ? undefined : { vpcId: id, subnets: all })),
  );
}

/** Zones that are named are not waited for until their subnets are found. */
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
  const spanned = subnets.flatMap(({ availabilityZone }) => availabilityZone ?? []);
  // A subnet whose zone is not known may span any zone.
  return { vpcId, zones: spanned.length === subnets.length ? spanned : [] };
}
