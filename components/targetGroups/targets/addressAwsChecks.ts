import {
  LoadBalancingCrossZone,
  TargetType,
  type LoadBalancedGroupArgs,
  type TargetGroupArgs,
} from "../../args";
import { isIpv6Address, liesIn, PRIVATE_NETWORKS } from "../../shared/cidr";
import { earlyText } from "../../shared/previewValues";
import { problemAt, type Problem } from "../../checks";
import { argumentPathOf, plannedGroups } from "../../plan/targetGroups";

/** A target with an IP address, and the settings of its target group. */
interface Address {
  readonly id: string;
  /** The path of the target in the arguments. */
  readonly path: string;
  readonly settings: TargetGroupArgs;
}

/**
 * Which addresses can't be registered: those outside the VPC that are public, or that have no availabilityZone, so
 * that AWS would expect them inside. The VPC's CIDR blocks, which may be public ones, are looked up only if there
 * are addresses to check.
 */
export async function addressProblems(
  args: LoadBalancedGroupArgs,
  findNetworks: () => Promise<string[] | undefined>,
): Promise<Problem[]> {
  const named = plannedGroups(args).flatMap((group) => {
    const { settings, servers } = group;
    if (settings.targetType !== TargetType.Ip) return [];
    return Object.entries(servers.targets ?? {}).map(
      async ([key, { id, availabilityZone }]): Promise<Address[]> => {
        const known = await earlyText(id);
        const isInZone = availabilityZone !== undefined;
        return known === undefined || (isInZone && canLieOutside(known))
          ? []
          : [{ id: known, path: argumentPathOf(group, `targets.${key}`), settings }];
      },
    );
  });
  const addresses = (await Promise.all(named)).flat();
  if (addresses.length === 0) return [];
  const networks = (await findNetworks()) ?? [];
  if (networks.length === 0) return [];
  return addresses
    .filter(({ id }) => !liesIn(id, networks))
    .map((address) => {
      const text =
        `${address.id} is in none of the VPC's networks (${networks.join(", ")}); ` +
        remedyFor(address);
      return problemAt("unsuitable", `${address.path}.id`, text);
    });
}

/** Whether AWS registers an address that is outside the VPC. */
const canLieOutside = (id: string) => isIpv6Address(id) || liesIn(id, PRIVATE_NETWORKS);

function remedyFor({ id, path, settings }: Address): string {
  if (!canLieOutside(id))
    return "use the target's private address, because AWS registers no public addresses";
  const zone =
    settings.loadBalancingCrossZone === LoadBalancingCrossZone.False
      ? "the zone of the load balancer from which it should get requests"
      : '"all"';
  return `set ${path}.availabilityZone to ${zone}, or use an address in the VPC`;
}
