import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "./args";
import { listenerPorts } from "./listeners";
import { securityGroupNaming } from "./naming";
import type { Network } from "./network";
import type { Clearance } from "./preflight";
import { MAIN, plannedGroups, type PlannedGroup } from "./targetGroups";
import { targetPorts } from "./targets";

/** The load balancer's security groups, and the rules without which no traffic passes. */
export interface SecurityGroups {
  readonly ids: pulumi.Output<string[]>;
  readonly rules: pulumi.Resource[];
}

/** The given security groups, or one of the load balancer's own; and the targets' rules, if asked for. */
export function createSecurityGroups(
  name: string,
  args: LoadBalancedGroupArgs,
  network: Network,
  clearance: Clearance,
  parent: pulumi.Resource,
): SecurityGroups {
  if (args.securityGroupIds !== undefined) {
    // Held back for the sake of the targets' rules, which hang on nothing else.
    const ids = clearance.hold(pulumi.output(args.securityGroupIds));
    const first = ids.apply(([id = ""]) => id);
    return { ids, rules: admitAtTargets(name, args, first, parent) };
  }
  const group = new ec2.SecurityGroup(
    `${name}-sg`,
    {
      ...securityGroupNaming(`${name}-sg`),
      // Another description would replace the group and all that stands behind it.
      description: "Load balancer: clients in, targets out",
      vpcId: network.vpcId,
      tags: args.tags,
    },
    { parent, ignoreChanges: ["description"] },
  );
  const rules = [
    ...admitClients(name, args, network, group.id, parent),
    ...reachTargets(name, args, network, group.id, parent),
    ...admitAtTargets(name, args, group.id, parent),
  ];
  return { ids: pulumi.output([group.id]), rules };
}

function admitClients(
  name: string,
  args: LoadBalancedGroupArgs,
  network: Network,
  securityGroupId: pulumi.Output<string>,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const { internal = false, ingressCidrBlocks, tags } = args;
  const clients: Record<string, pulumi.Input<string | undefined>> = ingressCidrBlocks ===
    undefined && internal
    ? { vpc: primary(network) }
    : Object.fromEntries((ingressCidrBlocks ?? ["0.0.0.0/0"]).map((cidr) => [cidr, cidr]));
  return listenerPorts(args).flatMap((port) =>
    Object.entries(clients).map(
      ([key, cidrIpv4]) =>
        new vpc.SecurityGroupIngressRule(
          `${name}-ingress-${port}-${key}`,
          { securityGroupId, ...tcp(port), cidrIpv4, tags },
          { parent },
        ),
    ),
  );
}

/** Opens the way to the targets' security groups, where they are named, or else into the VPC. */
function reachTargets(
  name: string,
  args: LoadBalancedGroupArgs,
  network: Network,
  securityGroupId: pulumi.Output<string>,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const { targetSecurityGroupIds = [], tags } = args;
  const groups = plannedGroups(args);
  const ports = targetPorts(groups);
  const open = (key: string, port: number, to: Destination) =>
    new vpc.SecurityGroupEgressRule(
      `${name}-egress-${port}-${key}`,
      { securityGroupId, ...tcp(port), ...to, tags },
      { parent },
    );

  const toAddresses = groups.flatMap((group) =>
    Object.entries(group.servers.targets ?? {})
      .filter(([, target]) => target.availabilityZone === "all")
      .flatMap(([key, { id }]) =>
        targetPorts([group]).map((port) =>
          open(targetKey(group, key), port, { cidrIpv4: pulumi.interpolate`${id}/32` }),
        ),
      ),
  );
  if (targetSecurityGroupIds.length > 0) {
    const toGroups = targetSecurityGroupIds.flatMap((id) =>
      ports.map((port) => open(id, port, { referencedSecurityGroupId: id })),
    );
    return [...toGroups, ...toAddresses];
  }
  warnOfUnreached(network, parent);
  const intoVpc = ports.map((port) => open("vpc", port, { cidrIpv4: primary(network) }));
  return [...intoVpc, ...toAddresses];
}

const targetKey = (group: PlannedGroup, key: string) =>
  group.key === MAIN ? `target-${key}` : `target-${group.key}-${key}`;

type Destination = Pick<vpc.SecurityGroupEgressRuleArgs, "cidrIpv4" | "referencedSecurityGroupId">;

/** Lets the load balancer in at the targets' security groups, which happens only when it is asked for. */
function admitAtTargets(
  name: string,
  args: LoadBalancedGroupArgs,
  loadBalancer: pulumi.Output<string>,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const { targetSecurityGroupIds = [], tags } = args;
  return targetSecurityGroupIds.flatMap((securityGroupId) =>
    targetPorts(plannedGroups(args)).map(
      (port) =>
        new vpc.SecurityGroupIngressRule(
          `${name}-target-ingress-${port}-${securityGroupId}`,
          { securityGroupId, ...tcp(port), referencedSecurityGroupId: loadBalancer, tags },
          { parent },
        ),
    ),
  );
}

/** Only the values of rules can be looked up, not their number; so the further networks get none. */
function warnOfUnreached(network: Network, parent: pulumi.Resource): void {
  network.cidrBlocks().apply(([, ...further]) => {
    if (further.length === 0) return;
    void pulumi.log.warn(
      `the load balancer's security group does not reach targets in ${further.join(", ")}, further ` +
        "networks of the VPC; name the targets' groups in targetSecurityGroupIds if any lie there",
      parent,
    );
  });
}

const primary = (network: Network) =>
  network.cidrBlocks().apply(([first]): string | undefined => first);

const tcp = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port });
