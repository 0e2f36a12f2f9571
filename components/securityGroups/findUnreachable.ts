import type * as pulumi from "@pulumi/pulumi";
import { IpAddressType, type LoadBalancedGroupArgs, type LoadBalancedServiceArgs } from "../args";
import { valueIfKnown } from "../shared/previewValues";
import { listenerPorts } from "../plan/listeners";
import { callsIdentityProviders, PROVIDER_PORT } from "../plan/identityProviders";
import type { SecurityGroupRule } from "../lookups/securityGroups";
import type { AwsLookups } from "../lookups";
import { problemAt, type Problem } from "../checks";
import { findUnreachableServers } from "./unreachableServers";
import { noneAllows, opensPort } from "./ruleMatching";
import { knownServers } from "../targetGroups/targets/instances";
import { regionOption, type LoadBalancerLocation } from "../network/location";

const GROUPS_PATH = "securityGroupIds";

/**
 * Finds servers that the load balancer can't reach, and listeners that no client can reach. These are only
 * warnings: the arguments are valid, and the program may still add the missing rules.
 */
export async function findUnreachable(
  args: LoadBalancedGroupArgs,
  location: Promise<LoadBalancerLocation | undefined>,
  securityGroupIds: pulumi.Output<string[]>,
  aws: AwsLookups,
  findNetworks: () => Promise<string[] | undefined>,
): Promise<Problem[]> {
  const { securityGroupIds: given, targetSecurityGroupIds: allowedBy = [] } = args;
  const groups = valueIfKnown(securityGroupIds);
  const loadBalancer = {
    isCreated: given === undefined,
    // A new security group is known only after the other checks.
    securityGroups: groups,
    region: location.then((where) => regionOption(where)),
    securityGroupsPath: GROUPS_PATH,
    networks: location.then((where) => where?.subnets.map(({ cidrBlock }) => cidrBlock)),
    allowedBy,
    createdFor: given === undefined && args.adopt === undefined ? primaryNetwork : undefined,
  };
  // Only rules for IPv4 are checked.
  const byIpv4 = (await knownServers(args)).filter(({ byIpv6 }) => !byIpv6);
  const [servers, listeners] = await Promise.all([
    findUnreachableServers(byIpv4, loadBalancer, aws),
    given === undefined
      ? []
      : groups.then(async (ids) => closedByGroups(args, ids ?? [], aws, await loadBalancer.region)),
  ]);
  return [...listeners, ...servers];

  async function primaryNetwork(): Promise<string | undefined> {
    return allowedBy.length > 0 ? undefined : (await findNetworks())?.at(0);
  }
}

/**
 * The same for the targets of a service, whose load balancer has these security groups. With
 * `loadBalancerSecurityGroupId` the service itself opens them to its targets.
 */
export async function findUnreachableTargets(
  args: LoadBalancedServiceArgs,
  location: Promise<LoadBalancerLocation | undefined>,
  securityGroups: readonly string[],
  aws: AwsLookups,
): Promise<Problem[]> {
  const { loadBalancerSecurityGroupId, targetSecurityGroupIds: allowedBy = [] } = args;
  const loadBalancer = {
    isCreated: loadBalancerSecurityGroupId !== undefined,
    securityGroups: Promise.resolve(securityGroups),
    securityGroupsPath: "listenerArn",
    region: location.then((where) => regionOption(where)),
    networks: location.then((where) => where?.subnets.map(({ cidrBlock }) => cidrBlock)),
    allowedBy,
  };
  const byIpv4 = (await knownServers(args)).filter(({ byIpv6 }) => !byIpv6);
  const servers = await findUnreachableServers(byIpv4, loadBalancer, aws);
  const rules = securityGroups.length === 0 ? undefined : await aws.rules([...securityGroups]);
  const { securityGroupsPath } = loadBalancer;
  return [
    ...servers,
    ...(rules === undefined
      ? []
      : closedToProviders(
          args,
          securityGroups,
          rules,
          securityGroupsPath,
          await loadBalancer.region,
        )),
  ];
}

/** What no security group in the arguments allows: clients on a listener's port, or calls to identity providers. */
async function closedByGroups(
  args: LoadBalancedGroupArgs,
  groups: readonly string[],
  aws: AwsLookups,
  region: string,
): Promise<Problem[]> {
  const rules = groups.length === 0 ? undefined : await aws.rules([...groups]);
  if (rules === undefined) return [];
  return [
    ...closedToClients(args, groups, rules, region),
    ...closedToProviders(args, groups, rules, GROUPS_PATH, region),
  ];
}

function closedToClients(
  args: LoadBalancedGroupArgs,
  groups: readonly string[],
  rules: readonly SecurityGroupRule[],
  region: string,
): Problem[] {
  const ingress = rules.filter(({ isEgress = false }) => !isEgress);
  const closed = listenerPorts(args).filter(
    (port) => !ingress.some((rule) => opensPort(rule, port)),
  );
  const ownNetwork =
    args.internal === true ? ` (with your clients' network instead of ${PRIVATE_NETWORK})` : "";
  return closed.map((port) => {
    const text =
      `${noneAllows(groups)} clients on port ${port}; unless this ` +
      `program adds a rule, run${ownNetwork}: aws ec2 authorize-security-group-ingress --group-id ` +
      `${groups[0]} ${clientsOn(port, args)}${region}`;
    return problemAt("unreachable", GROUPS_PATH, text);
  });
}

/** An example of a network of clients. */
const PRIVATE_NETWORK = "10.0.0.0/8";

/** The arguments of a command that allows the load balancer's clients. */
function clientsOn(
  port: number,
  { internal = false, ipAddressType }: LoadBalancedGroupArgs,
): string {
  if (ipAddressType === IpAddressType.DualstackWithoutPublicIpv4) {
    return `--ip-permissions 'IpProtocol=tcp,FromPort=${port},ToPort=${port},Ipv6Ranges=[{CidrIpv6=::/0}]'`;
  }
  return `--protocol tcp --port ${port} --cidr ${internal ? PRIVATE_NETWORK : "0.0.0.0/0"}`;
}

function closedToProviders(
  args: LoadBalancedGroupArgs,
  groups: readonly string[],
  rules: readonly SecurityGroupRule[],
  path: string,
  region: string,
): Problem[] {
  const isOpen = rules.some((rule) => rule.isEgress !== false && opensPort(rule, PROVIDER_PORT));
  if (!callsIdentityProviders(args) || isOpen) return [];
  const text =
    `${noneAllows(groups)} the load balancer to connect on port ${PROVIDER_PORT} to the identity provider ` +
    `of logins and tokens; unless this program adds a rule, run: aws ec2 authorize-security-group-egress ` +
    `--group-id ${groups[0]} --protocol tcp --port ${PROVIDER_PORT} --cidr 0.0.0.0/0${region}`;
  return [problemAt("unreachable", path, text)];
}
