import { IpAddressType, type LoadBalancedGroupArgs } from "../args";
import { hasNamedClients } from "../plan/clients";
import { listenerPorts } from "../plan/listeners";
import { callsIdentityProviders } from "../plan/identityProviders";
import { isReachedByIpv6, plannedGroups, portsOf, targetPorts } from "../plan/targetGroups";
import { isIpv6Network } from "../shared/cidr";

/** The rules of the security group that this component creates, which AWS counts by direction and address family. */
export interface RuleCounts {
  readonly inbound: Families;
  readonly outbound: Families;
}

interface Families {
  readonly ipv4: number;
  readonly ipv6: number;
}

/** How many rules of each kind a new security group gets; undefined if there is no new one. */
export function ruleCounts(args: LoadBalancedGroupArgs): RuleCounts | undefined {
  if (args.securityGroupIds !== undefined || args.adopt !== undefined) return undefined;
  return { inbound: inboundRules(args), outbound: outboundRules(args) };
}

function inboundRules(args: LoadBalancedGroupArgs): Families {
  const { ingressCidrBlocks: cidrs, ipAddressType = IpAddressType.Ipv4 } = args;
  const { ingressSecurityGroupIds = {}, ingressPrefixListIds = {} } = args;
  const ports = listenerPorts(args).length;
  const named =
    ports *
    (Object.keys(ingressSecurityGroupIds).length + Object.keys(ingressPrefixListIds).length);
  if (cidrs === undefined && hasNamedClients(args)) return { ipv4: named, ipv6: 0 };
  // Without networks in the arguments there is one rule for each address family.
  if (cidrs === undefined) {
    return { ipv4: ports, ipv6: ipAddressType === IpAddressType.Ipv4 ? 0 : ports };
  }
  const ipv6 = cidrs.filter(isIpv6Network).length;
  return { ipv4: named + ports * (cidrs.length - ipv6), ipv6: ports * ipv6 };
}

function outboundRules(args: LoadBalancedGroupArgs): Families {
  const groups = plannedGroups(args);
  const { targetSecurityGroupIds = [] } = args;
  const addresses = groups.flatMap((group) =>
    Object.values(group.servers.targets ?? {})
      .filter(({ availabilityZone }) => availabilityZone !== undefined)
      .flatMap((target) =>
        portsOf(group, target).map((port) => ({
          isIpv6: isReachedByIpv6(group),
          // Outputs may be the same address, but are counted as different ones.
          label: typeof target.id === "string" ? `${target.id} ${port}` : Symbol("address"),
        })),
      ),
  );
  const distinct = (isIpv6: boolean) =>
    new Set(addresses.filter((one) => one.isIpv6 === isIpv6).map(({ label }) => label)).size;
  const toProviders = callsIdentityProviders(args) ? 1 : 0;
  if (targetSecurityGroupIds.length > 0) {
    const toGroups = targetSecurityGroupIds.length * targetPorts(groups).length;
    return { ipv4: toGroups + distinct(false) + toProviders, ipv6: distinct(true) };
  }
  const toVpc = (isIpv6: boolean) =>
    targetPorts(groups.filter((group) => isReachedByIpv6(group) === isIpv6)).length;
  return { ipv4: toVpc(false) + distinct(false) + toProviders, ipv6: toVpc(true) + distinct(true) };
}
