import type { Ec2Lookups } from "../lookups/ec2";
import { problemAt, type Problem } from "../checks";
import { liesIn } from "../shared/cidr";
import { SERVING } from "../targetGroups/targets/instanceAwsChecks";
import {
  portsClosedToLoadBalancer,
  ingressProblem,
  egressProblem,
  portsClosedToServer,
  type LoadBalancerSide,
  type ServerSide,
} from "./ruleMatching";
import type { SecurityGroupLookups, SecurityGroupRule } from "../lookups/securityGroups";

/** Each server takes several calls, so only a few are checked; each represents those with the same security groups. */
const MAX_LOOKUPS = 3;

type Lookups = Pick<Ec2Lookups, "instances"> &
  Pick<SecurityGroupLookups, "primaryInterface" | "rules">;
type Server = Omit<ServerSide, "primaryInterface">;

/** The load balancer. Its properties are looked up at the same time as the servers; undefined if unknown. */
interface Origin extends Omit<LoadBalancerSide, "networks" | "securityGroups" | "region"> {
  readonly region: Promise<LoadBalancerSide["region"]>;
  readonly networks: Promise<LoadBalancerSide["networks"] | undefined>;
  readonly securityGroups: Promise<LoadBalancerSide["securityGroups"] | undefined>;
  /** The network to which a security group that this component creates allows traffic. */
  readonly createdFor?: () => Promise<string | undefined>;
}

/** The servers that the load balancer can't reach, each with the rule that is missing. */
export async function findUnreachableServers(
  servers: readonly Server[],
  origin: Origin,
  aws: Lookups,
): Promise<Problem[]> {
  const { isCreated } = origin;
  const given = isCreated ? undefined : await origin.securityGroups;
  // Security groups in the arguments that are unknown can't be checked.
  if (!isCreated && given === undefined) return [];
  const egressRules = given && aws.rules([...given]);
  const warnings: Problem[] = [];
  let waiting = mergedByInstance(servers);
  for (let count = 0; count < MAX_LOOKUPS && waiting.length > 0; count++) {
    const [next, ...others] = waiting;
    const primaryInterface = await aws.primaryInterface(next.id);
    waiting = others;
    if (primaryInterface === undefined) continue;
    const server = { ...next, primaryInterface };
    const [inward, out, networks, securityGroups = []] = await Promise.all([
      aws.rules(primaryInterface.securityGroups),
      egressRules,
      origin.networks,
      origin.securityGroups,
    ]);
    if (networks === undefined) return [];
    const region = await origin.region;
    const loadBalancer = { ...origin, networks, securityGroups, region };
    const inwardClosed =
      inward === undefined ? [] : portsClosedToLoadBalancer(server, inward, loadBalancer);
    const outwardClosed = out === undefined ? [] : portsClosedToServer(server, out);
    if (inwardClosed.length > 0) {
      warnings.push(ingressProblem(server, inwardClosed, loadBalancer));
    }
    if (outwardClosed.length > 0) {
      warnings.push(egressProblem(server, outwardClosed, loadBalancer));
    }
    if (inwardClosed.length === 0 && origin.createdFor !== undefined) {
      warnings.push(...createdRulesProblems(server, origin.allowedBy, await origin.createdFor()));
    }
    const allowing =
      inwardClosed.length > 0 ? [] : groupsThatAllow(server, inward ?? [], loadBalancer);
    waiting = await notRepresented(server, allowing, others, aws);
  }
  return warnings;
}

/** The problem of a server to which the security group that this component creates allows no traffic. */
function createdRulesProblems(
  { id, path, primaryInterface: { securityGroups, privateIp } }: ServerSide,
  allowedBy: readonly string[],
  network: string | undefined,
): Problem[] {
  const [own] = securityGroups;
  const remedy =
    allowedBy.length > 0
      ? `add ${own} to targetSecurityGroupIds`
      : `list the security groups of all targets in targetSecurityGroupIds, including ${own}`;
  if (allowedBy.length > 0) {
    if (securityGroups.some((group) => allowedBy.includes(group))) return [];
    const text =
      `the load balancer's security group allows traffic only to ${allowedBy.join(", ")}, but ${id} has ` +
      `${securityGroups.join(", ")}; ${remedy}`;
    return [problemAt("unreachable", path, text)];
  }
  if (network === undefined || privateIp === undefined || liesIn(privateIp, [network])) return [];
  const text =
    `the load balancer's security group allows traffic to ${network}, but ${id} has the address ${privateIp} in an ` +
    `additional CIDR block of the VPC; ${remedy}`;
  return [problemAt("unreachable", path, text)];
}

/** Each instance once, with all its ports. */
function mergedByInstance(servers: readonly Server[]): Server[] {
  const byId = new Map<string, Server>();
  for (const server of servers) {
    const ports = [...(byId.get(server.id)?.ports ?? []), ...server.ports];
    byId.set(server.id, { ...server, ports: [...new Set(ports)].sort((a, b) => a - b) });
  }
  return [...byId.values()];
}

/** The security groups of a server that allow the load balancer without the others. */
function groupsThatAllow(
  { ports, primaryInterface }: ServerSide,
  rules: readonly SecurityGroupRule[],
  loadBalancer: LoadBalancerSide,
): string[] {
  return primaryInterface.securityGroups.filter((id) => {
    const own = rules.filter(({ securityGroupId = id }) => securityGroupId === id);
    const alone = { ports, primaryInterface: { securityGroups: [id] } };
    return portsClosedToLoadBalancer(alone, own, loadBalancer).length === 0;
  });
}

/** The other servers without one of these security groups, or if none are given, without any of the server's. */
async function notRepresented(
  { ports, primaryInterface }: ServerSide,
  groups: readonly string[],
  others: readonly Server[],
  aws: Lookups,
): Promise<Server[]> {
  const alike = others.filter((other) => other.ports.every((port) => ports.includes(port)));
  if (alike.length === 0) return [...others];
  const ids = alike.map(({ id }) => id);
  const shared = groups.length > 0 ? [...groups] : primaryInterface.securityGroups;
  const represented = await aws.instances(ids, SERVING, { "instance.group-id": shared });
  return others.filter(({ id }) => !(represented ?? new Set(ids)).has(id));
}
