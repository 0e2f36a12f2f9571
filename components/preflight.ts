import * as pulumi from "@pulumi/pulumi";
import { Preflight, TargetType, type LoadBalancedGroupArgs } from "./args";
import { after, whenKnown } from "./known";
import type { Network } from "./network";
import { addressProblems } from "./preflight/addresses";
import { gathering } from "./preflight/gathering";
import { serverProblems, type Servers, type Span } from "./preflight/placement";
import { findProblems, type Place } from "./preflight/problems";
import { questionsTo } from "./preflight/questions";
import { warnOfUnreached } from "./preflight/unreached";
import { refusal, type Problem } from "./rules";

/*
 * AWS registers a server that lies in no zone of its load balancer and silently never uses it, and a
 * server that does not exist or does not run costs ten minutes of retries. So both are asked before
 * anything is created, and all else that AWS would say late or not at all.
 */

/** What lets through what has been checked. */
export interface Clearance {
  /** A value that waits for the check of all that is plain. */
  hold<T>(value: pulumi.Output<T>): pulumi.Output<T>;
  /** The id of a target of that type, which waits for the check of that target. */
  target(id: pulumi.Input<string>, path: string, type?: TargetType): pulumi.Output<string>;
  /** Warns of servers that a load balancer with these security groups does not get to. */
  warnOfUnreached(securityGroupIds: pulumi.Output<string[]>): void;
}

const UNCHECKED: Clearance = {
  hold: (value) => value,
  target: (id) => pulumi.output(id),
  warnOfUnreached: () => undefined,
};

/** Checks against AWS what is known at preview: where all stands, and what it is to be made of. */
export function preflight(
  name: string,
  args: LoadBalancedGroupArgs,
  network: Network,
  parent: pulumi.Resource,
): Clearance {
  const { preflight: mode = Preflight.Enforce } = args;
  if (mode === Preflight.Off) return UNCHECKED;

  const report = (problems: Problem[]) => {
    if (problems.length === 0) return;
    const error = refusal(name, problems);
    if (mode === Preflight.Enforce) throw error;
    void pulumi.log.warn(error.message, parent);
  };
  const ask = questionsTo(parent);
  const place = pulumi
    .all([network.vpcId, network.subnets(ask.allowed)])
    .apply(([vpcId, subnets]): Place => ({ vpcId, subnets }));

  const span = spanOf(args, network, place);

  // Where there is no place to stand in, nothing is made either.
  const found = Promise.all([
    findProblems(name, args, whenKnown(place), whenKnown(span), ask),
    addressProblems(args, () => whenKnown(network.networks(ask.allowed))),
  ]).then((problems) => problems.flat());
  const cleared = pulumi.all([place, found.then(report)]);
  const gathered = gathering((servers: Servers, where: Span) =>
    serverProblems(servers, where, ask).then(report),
  );
  return {
    // The engine reads what it imports at preview too, and would say first that it is not there.
    hold: (value) =>
      args.adopt === undefined ? after(cleared, value) : cleared.apply(() => value),
    target(id, path, type) {
      if (!ofInstances(type) || typeof id === "string") {
        return after(cleared, pulumi.output(id));
      }
      const known = pulumi.output(id);
      return after(
        pulumi.all([known, span]).apply(([server, where]) => gathered(server, path, where)),
        known,
      );
    },
    warnOfUnreached(securityGroupIds) {
      const stands = place.apply(({ subnets }) => subnets);
      warnOfUnreached(args, stands, securityGroupIds, ask, parent);
    },
  };
}

/** Zones that are named are not waited for until their subnets are found. */
function spanOf(
  { availabilityZones: zones }: LoadBalancedGroupArgs,
  network: Network,
  place: pulumi.Output<Place>,
): pulumi.Output<Span> {
  if (zones !== undefined) return network.vpcId.apply((vpcId) => ({ vpcId, zones }));
  return place.apply(({ vpcId, subnets }) => {
    const known = subnets.flatMap(({ availabilityZone }) => availabilityZone ?? []);
    // A subnet whose zone is not known may span any zone.
    return { vpcId, zones: known.length === subnets.length ? known : [] };
  });
}

const ofInstances = (type?: TargetType) => (type ?? TargetType.Instance) === TargetType.Instance;
