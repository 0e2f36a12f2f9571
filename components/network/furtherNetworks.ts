import { IpAddressType, TargetType, type LoadBalancedGroupArgs } from "../args";
import { adviceAt, type Problem } from "../checks";
import { hasNamedClients } from "../plan/clients";
import { argumentPathOf, plannedGroups } from "../plan/targetGroups";
import { isIpv6Network, liesIn } from "../shared/cidr";
import { earlyText } from "../shared/previewValues";

/**
 * Clients and targets in additional CIDR blocks of the VPC, for which a new security group gets no rules: their
 * number is known too late to create a resource for each.
 */
export async function furtherNetworkAdvice(
  args: LoadBalancedGroupArgs,
  findNetworks: () => Promise<string[] | undefined>,
): Promise<Problem[]> {
  if (args.securityGroupIds !== undefined || args.adopt !== undefined) return [];
  const addresses = await addressesInVpc(args);
  const forClients =
    args.internal === true && args.ingressCidrBlocks === undefined && !hasNamedClients(args);
  if (!forClients && addresses.length === 0) return [];
  const all = (await findNetworks()) ?? [];
  const ipv4 = all.filter((network) => !isIpv6Network(network));
  const further = ipv4.slice(1);
  if (further.length === 0) return [];
  // The networks in the argument take the place of the defaults, which are of both kinds with IPv6.
  const hasIpv6 = (args.ipAddressType ?? IpAddressType.Ipv4) !== IpAddressType.Ipv4;
  const clients =
    `the load balancer's security group does not allow clients in the VPC's additional CIDR blocks ` +
    `(${further.join(", ")}); if you have clients there, set ingressCidrBlocks to ` +
    JSON.stringify(hasIpv6 ? all : ipv4);
  return [
    ...(forClients ? [adviceAt("unreachable", "ingressCidrBlocks", clients)] : []),
    ...addresses
      .filter(({ id }) => liesIn(id, further) && !liesIn(id, ipv4.slice(0, 1)))
      .map(({ id, path }) =>
        adviceAt(
          "unreachable",
          path,
          `the load balancer's security group does not allow traffic to ${id}, which is in an additional CIDR block of ` +
            `the VPC; set ${path}.availabilityZone to the zone of its subnet, so that the component adds a rule for ${id}; ` +
            "if it is registered already, remove the target in one update, and add it with the zone in the next",
        ),
      ),
  ];
}

/** The addresses without a zone, which get no rule of their own. */
async function addressesInVpc(
  args: LoadBalancedGroupArgs,
): Promise<{ readonly id: string; readonly path: string }[]> {
  if ((args.targetSecurityGroupIds ?? []).length > 0) return [];
  const found = plannedGroups(args).flatMap((group) =>
    group.settings.targetType !== TargetType.Ip
      ? []
      : Object.entries(group.servers.targets ?? {}).map(
          async ([key, { id, availabilityZone }]) => ({
            id: availabilityZone === undefined ? await earlyText(id) : undefined,
            path: argumentPathOf(group, `targets.${key}`),
          }),
        ),
  );
  return (await Promise.all(found)).flatMap(({ id, path }) =>
    id === undefined ? [] : { id, path },
  );
}
