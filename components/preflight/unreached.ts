import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../args";
import { knownBefore, whenKnown } from "../known";
import type { Subnet } from "../network";
import type { Questions } from "./questions";
import { unreached } from "./reach";
import { serversOf } from "./servers";

/**
 * Warns of servers that the load balancer does not get to. It is no fault of the arguments, and the way
 * may yet be opened, so nothing waits for it and nothing is refused.
 */
export function warnOfUnreached(
  args: LoadBalancedGroupArgs,
  subnets: pulumi.Output<Subnet[]>,
  securityGroupIds: pulumi.Output<string[]>,
  ask: Questions,
  parent: pulumi.Resource,
): void {
  const { securityGroupIds: given, targetSecurityGroupIds: admittedAt = [] } = args;
  const stands = whenKnown(subnets);
  void judge().catch((error: unknown) => {
    const message = `it is not known whether the load balancer reaches its servers: ${String(error)}`;
    void pulumi.log.warn(message, parent);
  });

  async function judge(): Promise<void> {
    const [known, servers] = await Promise.all([whenKnown(securityGroupIds), knownServers(args)]);
    // Of groups that are given and not known nothing can be said; the one made here may yet come.
    if (known === undefined && given !== undefined) return;
    const loadBalancer = {
      securityGroups: known ?? [],
      isMadeHere: given === undefined,
      networks: stands.then((subnets) => subnets?.map(({ cidrBlock }) => cidrBlock)),
      admittedAt,
    };
    const warnings = await unreached(servers, loadBalancer, ask);
    for (const warning of warnings) void pulumi.log.warn(warning, parent);
  }
}

async function knownServers(args: LoadBalancedGroupArgs) {
  // Security group rules are looked at for IPv4 alone.
  const byIpv4 = serversOf(args).filter(({ byIpv6 }) => !byIpv6);
  const servers = byIpv4.map(async (server) => ({
    ...server,
    id: await knownBefore(server.id),
  }));
  return (await Promise.all(servers)).flatMap(({ id, ...server }) =>
    id === undefined ? [] : [{ id, ...server }],
  );
}
