import { covers } from "../shared/cidr";
import type { PrimaryInterface, SecurityGroupRule } from "../lookups/securityGroups";
import { problemAt, type Problem } from "../checks";

/** The load balancer, as one end of its connections to the servers. */
export interface LoadBalancerSide {
  /** Its security groups, none where only the deployment tells them. */
  readonly securityGroups: readonly string[];
  /** Whether its group is made here, with rules that reach the servers. */
  readonly isCreated: boolean;
  /** The networks of its subnets, undefined for one that is not known. */
  readonly networks: readonly (string | undefined)[];
  /** Security groups of servers that get a rule which admits it. */
  readonly allowedBy: readonly string[];
}

/** A server, as the other end: where its id stands, and the ports on which it is to be reached. */
export interface ServerSide {
  readonly id: string;
  readonly path: string;
  readonly ports: readonly number[];
  readonly primaryInterface: PrimaryInterface;
}

/** One end of a connection, by which a rule of the other end may know it. */
export interface Peer {
  readonly securityGroups: readonly string[];
  /** Networks in which its addresses lie, undefined for one that is not known. */
  readonly networks: readonly (string | undefined)[];
}

/** Those of the ports on which none of the rules lets the peer through, in or out as asked. */
export function closedPorts(
  ports: readonly number[],
  rules: readonly SecurityGroupRule[],
  peer: Peer,
  { isEgress }: { isEgress: boolean },
): number[] {
  const inDirection = rules.filter((rule) => (rule.isEgress ?? isEgress) === isEgress);
  return ports.filter((port) => {
    const opening = inDirection.filter((rule) => opensPort(rule, port));
    if (opening.some((rule) => namesGroup(rule, peer) || isUnclear(rule))) return false;
    return !peer.networks.every((network) => opening.some((rule) => coversNetwork(rule, network)));
  });
}

export function opensPort(
  { ipProtocol = "-1", fromPort = 0, toPort = 65535 }: SecurityGroupRule,
  port: number,
) {
  if (ipProtocol === "-1") return true;
  return ["tcp", "6"].includes(ipProtocol) && fromPort <= port && port <= toPort;
}

/** A group of a peered VPC in another account is written with that account before it. */
function namesGroup({ referencedSecurityGroupId = "" }: SecurityGroupRule, peer: Peer): boolean {
  const [id] = referencedSecurityGroupId.split("/").slice(-1);
  return peer.securityGroups.includes(id);
}

/** What a prefix list holds is not asked for, and a mock may answer with no peer at all. */
function isUnclear(rule: SecurityGroupRule): boolean {
  if (rule.prefixListId) return true;
  return !rule.cidrIpv4 && !rule.cidrIpv6 && !rule.referencedSecurityGroupId;
}

function coversNetwork({ cidrIpv4 }: SecurityGroupRule, network: string | undefined): boolean {
  if (!cidrIpv4) return false;
  return network === undefined || covers(cidrIpv4, network);
}

/** The ports on which a server's security groups do not admit the load balancer. */
export function portsClosedToLoadBalancer(
  { ports, primaryInterface }: Pick<ServerSide, "ports" | "primaryInterface">,
  rules: readonly SecurityGroupRule[],
  loadBalancer: LoadBalancerSide,
): number[] {
  const { securityGroups } = primaryInterface;
  if (securityGroups.some((id) => loadBalancer.allowedBy.includes(id))) return [];
  return closedPorts(ports, rules, loadBalancer, { isEgress: false });
}

/** Says what to add to the server's security group. */
export function ingressProblem(
  { id, path, primaryInterface }: ServerSide,
  ports: readonly number[],
  loadBalancer: LoadBalancerSide,
): Problem {
  const [group] = primaryInterface.securityGroups;
  const [source] = loadBalancer.securityGroups;
  const commands = ports.map(
    (port) =>
      `aws ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port ${port} ` +
      `--source-group ${source}`,
  );
  // Before the load balancer's group is made, no command can name it.
  const command =
    loadBalancer.securityGroups.length === 0 ? "" : `, or run: ${commands.join(" && ")}`;
  const text =
    `no security group of ${id} (${primaryInterface.securityGroups.join(", ")}) allows the load ` +
    `balancer on ${portsText(ports)}; unless this program adds a rule, list ${group} in ` +
    `targetSecurityGroupIds${command}`;
  return problemAt("unreachable", path, text);
}

/** The ports on which the load balancer's security groups do not let it out to a server. */
export function portsClosedToServer(
  { ports, primaryInterface }: Pick<ServerSide, "ports" | "primaryInterface">,
  rules: readonly SecurityGroupRule[],
): number[] {
  const { securityGroups, privateIp } = primaryInterface;
  const networks = [privateIp && `${privateIp}/32`];
  return closedPorts(ports, rules, { securityGroups, networks }, { isEgress: true });
}

/** Says what to add to the load balancer's security group. */
export function egressProblem(
  { id, primaryInterface }: ServerSide,
  ports: readonly number[],
  { securityGroups }: LoadBalancerSide,
): Problem {
  const [group] = securityGroups;
  const [destination] = primaryInterface.securityGroups;
  const permissions = ports.map(
    (port) =>
      `IpProtocol=tcp,FromPort=${port},ToPort=${port},UserIdGroupPairs=[{GroupId=${destination}}]`,
  );
  const text =
    `none of ${securityGroups.join(", ")} allows the load balancer to reach ${id} on ` +
    `${portsText(ports)}; unless this program adds a rule, run: aws ec2 ` +
    `authorize-security-group-egress --group-id ${group} ` +
    `--ip-permissions ${permissions.map((one) => `'${one}'`).join(" ")}`;
  return problemAt("unreachable", "securityGroupIds", text);
}

const portsText = (ports: readonly number[]) =>
  `${ports.length === 1 ? "port" : "ports"} ${ports.join(" and ")}`;
