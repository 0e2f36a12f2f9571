import { covers } from "../shared/cidr";
import type { PrimaryInterface, SecurityGroupRule } from "../lookups/securityGroups";
import { problemAt, type Problem } from "../checks";

/** The load balancer as one end of its connections to the servers. */
export interface LoadBalancerSide {
  /** Its security groups; none if they are unknown at preview. */
  readonly securityGroups: readonly string[];
  /** The argument that decides them. */
  readonly securityGroupsPath: string;
  /** Whether this component creates its security group, with rules for the servers. */
  readonly isCreated: boolean;
  /** The CIDR blocks of its subnets; undefined for each that is unknown. */
  readonly networks: readonly (string | undefined)[];
  /** Security groups of servers that get a rule from this component that allows the load balancer. */
  readonly allowedBy: readonly string[];
  /** The option of the AWS CLI for its region; empty if that is unknown. */
  readonly region: string;
}

/** A server as the other end: its ID with its path in the arguments, and the ports that it must allow. */
export interface ServerSide {
  readonly id: string;
  readonly path: string;
  readonly ports: readonly number[];
  readonly primaryInterface: PrimaryInterface;
}

/** One end of a connection, as a security group rule of the other end may describe it. */
export interface Peer {
  readonly securityGroups: readonly string[];
  /** The CIDR blocks of its addresses; undefined for each that is unknown. */
  readonly networks: readonly (string | undefined)[];
}

/** The ports on which no rule allows traffic from the peer, or with `isEgress` to the peer. */
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

/** A security group in a peered VPC of another account is written as account/ID. */
function namesGroup({ referencedSecurityGroupId = "" }: SecurityGroupRule, peer: Peer): boolean {
  const [id] = referencedSecurityGroupId.split("/").slice(-1);
  return peer.securityGroups.includes(id);
}

/** The entries of prefix lists are not looked up, and mocks may answer without any peer. */
function isUnclear(rule: SecurityGroupRule): boolean {
  if (rule.prefixListId) return true;
  return !rule.cidrIpv4 && !rule.cidrIpv6 && !rule.referencedSecurityGroupId;
}

function coversNetwork({ cidrIpv4 }: SecurityGroupRule, network: string | undefined): boolean {
  if (!cidrIpv4) return false;
  return network === undefined || covers(cidrIpv4, network);
}

/** The ports on which a server's security groups don't allow the load balancer. */
export function portsClosedToLoadBalancer(
  { ports, primaryInterface }: Pick<ServerSide, "ports" | "primaryInterface">,
  rules: readonly SecurityGroupRule[],
  loadBalancer: LoadBalancerSide,
): number[] {
  const { securityGroups } = primaryInterface;
  if (securityGroups.some((id) => loadBalancer.allowedBy.includes(id))) return [];
  return closedPorts(ports, rules, loadBalancer, { isEgress: false });
}

/** The problem, with the command that adds rules to the server's security group. */
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
      `--source-group ${source}${loadBalancer.region}`,
  );
  // There is no command if the load balancer's security group does not exist yet.
  const command =
    loadBalancer.securityGroups.length === 0 ? "" : `, or run: ${commands.join(" && ")}`;
  // If a group is listed, the security group that the component creates allows only the listed ones.
  const isFirst = loadBalancer.isCreated && loadBalancer.allowedBy.length === 0;
  const others = isFirst
    ? " (with the security groups of all other targets: the load balancer then reaches only the groups in the list)"
    : "";
  const text =
    `no security group of ${id} (${primaryInterface.securityGroups.join(", ")}) allows the load ` +
    `balancer on ${portsText(ports)}; unless this program adds a rule, list ${group} in ` +
    `targetSecurityGroupIds${others}${command}`;
  return problemAt("unreachable", path, text);
}

/** The ports on which the load balancer's security groups don't allow traffic to a server. */
export function portsClosedToServer(
  { ports, primaryInterface }: Pick<ServerSide, "ports" | "primaryInterface">,
  rules: readonly SecurityGroupRule[],
): number[] {
  const { securityGroups, privateIp } = primaryInterface;
  const networks = [privateIp && `${privateIp}/32`];
  return closedPorts(ports, rules, { securityGroups, networks }, { isEgress: true });
}

/** The problem, with the command that adds rules to the load balancer's security group. */
export function egressProblem(
  { id, primaryInterface }: ServerSide,
  ports: readonly number[],
  { securityGroups, securityGroupsPath, region }: LoadBalancerSide,
): Problem {
  const [group] = securityGroups;
  const [destination] = primaryInterface.securityGroups;
  const permissions = ports.map(
    (port) =>
      `IpProtocol=tcp,FromPort=${port},ToPort=${port},UserIdGroupPairs=[{GroupId=${destination}}]`,
  );
  const text =
    `${noneAllows(securityGroups)} the load balancer to reach ${id} on ` +
    `${portsText(ports)}; unless this program adds a rule, run: aws ec2 ` +
    `authorize-security-group-egress --group-id ${group} ` +
    `--ip-permissions ${permissions.map((one) => `'${one}'`).join(" ")}${region}`;
  return problemAt("unreachable", securityGroupsPath, text);
}

/** The start of a message about what the security groups don't allow. */
export const noneAllows = (groups: readonly string[]) =>
  groups.length === 1 ? `${groups[0]} does not allow` : `none of ${groups.join(", ")} allows`;

const portsText = (ports: readonly number[]) =>
  `${ports.length === 1 ? "port" : "ports"} ${new Intl.ListFormat("en", { type: "conjunction" }).format(ports.map(String))}`;
