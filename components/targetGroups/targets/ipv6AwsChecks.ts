import type { LoadBalancedGroupArgs } from "../../args";
import { problemAt, type Problem } from "../../checks";
import type { Ec2Lookups } from "../../lookups/ec2";
import { SERVING } from "./instanceAwsChecks";
import { knownServers } from "./instances";

const HAVING_PRIMARY_IPV6 = { "network-interface.ipv6-addresses.is-primary-ipv6": ["true"] };

/** Which instances of target groups of ipv6 have no address by which they could be reached. */
export async function ipv6Problems(
  args: LoadBalancedGroupArgs,
  aws: Pick<Ec2Lookups, "instances">,
): Promise<Problem[]> {
  const named = (await knownServers(args)).filter(({ byIpv6 }) => byIpv6);
  const paths = new Map(named.map(({ id, path }) => [id, path]));
  if (paths.size === 0) return [];

  const ids = [...paths.keys()];
  const valid = await aws.instances(ids, SERVING, HAVING_PRIMARY_IPV6);
  const invalid = valid === undefined ? [] : ids.filter((id) => !valid.has(id));
  if (invalid.length === 0) return [];
  // What does not exist or does not run is told by others.
  const serving = await aws.instances(invalid, SERVING);
  return invalid
    .filter((id) => serving?.has(id))
    .map((id) => {
      const text =
        `${id} has no primary IPv6 address, which a target group with the ipAddressType ipv6 needs; ` +
        "enable one on its network interface, or set the target group's ipAddressType to ipv4";
      return problemAt("unsuitable", paths.get(id) ?? "", text);
    });
}
