import type { Ec2Lookups } from "../lookups/ec2";
import type { Problem } from "../checks";
import { SERVING } from "../targetGroups/targets/instanceAwsChecks";
import {
  closedAt,
  closedToLoadBalancer,
  closedToServer,
  closedTowards,
  type LoadBalancerSide,
  type ServerSide,
} from "./securityGroupRules";
import type { SecurityGroupLookups, SecurityGroupRule } from "../lookups/securityGroups";

/** Each server that is looked at takes calls, so one stands for all that share its security groups. */
const MOST_LOOKED_AT = 3;

type Lookups = Pick<Ec2Lookups, "instances"> & Pick<SecurityGroupLookups, "doorway" | "rules">;
type Server = Omit<ServerSide, "doorway">;

/** The load balancer, of which some is told while the servers are asked for; undefined if never. */
interface Origin extends Omit<LoadBalancerSide, "networks" | "securityGroups"> {
  readonly networks: Promise<LoadBalancerSide["networks"] | undefined>;
  readonly securityGroups: Promise<LoadBalancerSide["securityGroups"] | undefined>;
}

/** Where the load balancer does not get to its servers, each time with the rule that opens the way. */
export async function unreached(
  servers: readonly Server[],
  origin: Origin,
  ask: Lookups,
): Promise<Problem[]> {
  const { isMadeHere } = origin;
  const given = isMadeHere ? undefined : await origin.securityGroups;
  // Of groups that are given and not known nothing can be said; the one made here may yet come.
  if (!isMadeHere && given === undefined) return [];
  const outward = given && ask.rules([...given]);
  const warnings: Problem[] = [];
  let waiting = together(servers);
  for (let looks = 0; looks < MOST_LOOKED_AT && waiting.length > 0; looks++) {
    const [next, ...others] = waiting;
    const doorway = await ask.doorway(next.id);
    waiting = others;
    if (doorway === undefined) continue;
    const server = { ...next, doorway };
    const [inward, out, networks, securityGroups = []] = await Promise.all([
      ask.rules(doorway.securityGroups),
      outward,
      origin.networks,
      origin.securityGroups,
    ]);
    if (networks === undefined) return [];
    const loadBalancer = { ...origin, networks, securityGroups };
    const inwardClosed = inward === undefined ? [] : closedAt(server, inward, loadBalancer);
    const outwardClosed = out === undefined ? [] : closedTowards(server, out);
    if (inwardClosed.length > 0) {
      warnings.push(closedToLoadBalancer(server, inwardClosed, loadBalancer));
    }
    if (outwardClosed.length > 0) {
      warnings.push(closedToServer(server, outwardClosed, loadBalancer));
    }
    const standing = inwardClosed.length > 0 ? [] : admitting(server, inward ?? [], loadBalancer);
    waiting = await unlike(server, standing, others, ask);
  }
  return warnings;
}

/** Each instance once, with all the ports that it is registered with. */
function together(servers: readonly Server[]): Server[] {
  const byId = new Map<string, Server>();
  for (const server of servers) {
    const ports = [...(byId.get(server.id)?.ports ?? []), ...server.ports];
    byId.set(server.id, { ...server, ports: [...new Set(ports)].sort((a, b) => a - b) });
  }
  return [...byId.values()];
}

/** Those of a server's security groups that admit the load balancer on their own. */
function admitting(
  { ports, doorway }: ServerSide,
  rules: readonly SecurityGroupRule[],
  loadBalancer: LoadBalancerSide,
): string[] {
  return doorway.securityGroups.filter((id) => {
    const own = rules.filter(({ securityGroupId = id }) => securityGroupId === id);
    const alone = { ports, doorway: { securityGroups: [id] } };
    return closedAt(alone, own, loadBalancer).length === 0;
  });
}

/** Those of the others that the server does not stand for, by these groups of its or else by any. */
async function unlike(
  { ports, doorway }: ServerSide,
  groups: readonly string[],
  others: readonly Server[],
  ask: Lookups,
): Promise<Server[]> {
  const alike = others.filter((other) => other.ports.every((port) => ports.includes(port)));
  if (alike.length === 0) return [...others];
  const ids = alike.map(({ id }) => id);
  const shared = groups.length > 0 ? [...groups] : doorway.securityGroups;
  const represented = await ask.instances(ids, SERVING, { "instance.group-id": shared });
  return others.filter(({ id }) => !(represented ?? new Set(ids)).has(id));
}
