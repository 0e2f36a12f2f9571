import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import {
  SecurityGroupEgressRule,
  type SecurityGroupEgressRuleArgs,
} from "@pulumi/aws/vpc/securityGroupEgressRule";
import {
  SecurityGroupIngressRule,
  type SecurityGroupIngressRuleArgs,
} from "@pulumi/aws/vpc/securityGroupIngressRule";
import * as pulumi from "@pulumi/pulumi";
import { adoptedSecurityGroupIds } from "../adoption/adopted";
import { IpAddressType, type LoadBalancedGroupArgs } from "../args";
import { isIpv6Network } from "../shared/cidr";
import { hasNamedClients } from "../plan/clients";
import { listenerPorts } from "../plan/listeners";
import { callsIdentityProviders, PROVIDER_PORT } from "../plan/identityProviders";
import { KEEPS_ITS_NAME, securityGroupNaming } from "../plan/naming";
import { addressLabel, createByValue, ipv6Label } from "../plan/identity";
import type { Gate } from "../gate/gate";
import type { Lookups } from "../lookups/lookups";
import type { Network } from "../network/location";
import {
  isReachedByIpv6,
  MAIN,
  plannedGroups,
  portsOf,
  targetPorts,
  type PlannedGroup,
} from "../plan/targetGroups";
import type { Scope } from "../shared/scope";

/** The load balancer's security groups, and the rules that it needs to serve traffic. */
export interface SecurityGroups {
  readonly ids: pulumi.Output<string[]>;
  readonly rules: Rules;
}

type Rules = pulumi.Input<pulumi.Resource>[];

/**
 * The security groups of the load balancer: those in the arguments, those of an adopted load balancer, or a new
 * one. Creates their rules, and those in `targetSecurityGroupIds`.
 */
export function createSecurityGroups(
  scope: Scope,
  network: Network,
  lookups: Lookups,
  gate: Gate,
): SecurityGroups {
  const { name, args, parent } = scope;
  const adopted =
    args.securityGroupIds === undefined ? adoptedSecurityGroupIds(args, lookups) : undefined;
  const given = args.securityGroupIds ?? (adopted && gate.required(adopted));
  if (given !== undefined) {
    const ids = pulumi.output(given);
    const first = ids.apply(([id = ""]) => id);
    return { ids, rules: allowAtTargets(scope, first) };
  }
  const group = new SecurityGroup(
    `${name}-sg`,
    {
      ...securityGroupNaming(`${name}-sg`),
      // A changed description would replace the security group, so keep that of older versions.
      description: "Load balancer: clients in, targets out",
      vpcId: network.vpcId,
      tags: args.tags,
    },
    {
      parent,
      ...KEEPS_ITS_NAME,
      ignoreChanges: ["description", ...KEEPS_ITS_NAME.ignoreChanges],
    },
  );
  const rules = [
    ...allowClients(scope, network, group.id),
    ...allowToTargets(scope, network, group.id),
    ...allowAtTargets(scope, group.id),
  ];
  return { ids: pulumi.output([group.id]), rules };
}

/**
 * The rules between a load balancer that exists already and the targets: those in `targetSecurityGroupIds`, and
 * with `opened` also those of the load balancer's security group.
 */
export function allowTraffic(
  scope: Scope,
  loadBalancerSecurityGroupId: pulumi.Output<string>,
  opened: boolean,
): Rules {
  const atTargets = allowAtTargets(scope, loadBalancerSecurityGroupId);
  if (!opened) return atTargets;
  const open = egressRules(scope, loadBalancerSecurityGroupId);
  return [...atTargets, ...allowToGroups(scope, open), ...allowToAddresses(scope, open)];
}

function allowClients(
  { name, args, parent }: Scope,
  network: Network,
  securityGroupId: pulumi.Output<string>,
): Rules {
  const { ingressSecurityGroupIds = {}, ingressPrefixListIds = {}, tags } = args;
  return listenerPorts(args).flatMap((port) => {
    const allow = (label: string, clients: Clients) =>
      new SecurityGroupIngressRule(
        `${name}-ingress-${port}-${label}`,
        { securityGroupId, ...tcp(port), ...clients, tags },
        { parent },
      );
    return [
      ...Object.entries(clientsOf(args, network)).map(([label, clients]) => allow(label, clients)),
      ...Object.entries(ingressSecurityGroupIds).map(([key, value]) =>
        createByValue({ value, key }, (label) =>
          allow(label, { referencedSecurityGroupId: value }),
        ),
      ),
      ...Object.entries(ingressPrefixListIds).map(([key, value]) =>
        createByValue({ value, key }, (label) => allow(label, { prefixListId: value })),
      ),
    ];
  });
}

type Clients = Pick<
  SecurityGroupIngressRuleArgs,
  "cidrIpv4" | "cidrIpv6" | "referencedSecurityGroupId" | "prefixListId"
>;

/** The clients that the security group allows, by the key in the name of their rule. */
function clientsOf(args: LoadBalancedGroupArgs, network: Network): Record<string, Clients> {
  const { internal = false, ipAddressType = IpAddressType.Ipv4 } = args;
  if (args.ingressCidrBlocks === undefined && hasNamedClients(args)) return {};
  if (args.ingressCidrBlocks === undefined && internal) {
    const own = { vpc: { cidrIpv4: primaryCidrBlock(network) } };
    if (ipAddressType === IpAddressType.Ipv4) return own;
    return { ...own, "vpc-ipv6": { cidrIpv6: network.ipv6CidrBlock() } };
  }
  const cidrs = args.ingressCidrBlocks ?? EVERYWHERE[ipAddressType];
  return Object.fromEntries(cidrs.map(clientOf));
}

function clientOf(cidr: string): [string, Clients] {
  return isIpv6Network(cidr) ? [ipv6Label(cidr), { cidrIpv6: cidr }] : [cidr, { cidrIpv4: cidr }];
}

const EVERYWHERE: Readonly<Record<IpAddressType, string[]>> = {
  ipv4: ["0.0.0.0/0"],
  dualstack: ["0.0.0.0/0", "::/0"],
  "dualstack-without-public-ipv4": ["::/0"],
};

/** Allows traffic to the targets' security groups if they are in the arguments, or else to the whole VPC. */
function allowToTargets(
  scope: Scope,
  network: Network,
  securityGroupId: pulumi.Output<string>,
): Rules {
  const { args, parent } = scope;
  const groups = plannedGroups(args);
  const open = egressRules(scope, securityGroupId);
  const toProviders = callsIdentityProviders(args)
    ? [open("identity-provider", PROVIDER_PORT, { cidrIpv4: "0.0.0.0/0" })]
    : [];
  const toAddresses = allowToAddresses(scope, open);
  if ((args.targetSecurityGroupIds ?? []).length > 0) {
    return [...allowToGroups(scope, open), ...toAddresses, ...toProviders];
  }
  const byIpv4 = targetPorts(groups.filter((group) => !isReachedByIpv6(group)));
  const byIpv6 = targetPorts(groups.filter(isReachedByIpv6));
  if (byIpv4.length > 0) warnOfAdditionalCidrBlocks(network, parent);
  const intoVpc = [
    ...byIpv4.map((port) => open("vpc", port, { cidrIpv4: primaryCidrBlock(network) })),
    ...byIpv6.map((port) => open("vpc-ipv6", port, { cidrIpv6: network.ipv6CidrBlock() })),
  ];
  return [...intoVpc, ...toAddresses, ...toProviders];
}

/** Creates a rule that allows the load balancer to connect to a destination. */
type Open = (
  label: string,
  port: number,
  to: Destination,
  opts?: pulumi.CustomResourceOptions,
) => SecurityGroupEgressRule;

function egressRules(
  { name, args: { tags }, parent }: Scope,
  securityGroupId: pulumi.Output<string>,
): Open {
  const rules = new Map<string, SecurityGroupEgressRule>();
  return (label, port, to, opts = {}) => {
    const ruleName = `${name}-egress-${port}-${label}`;
    // Several targets can have the same address.
    const rule =
      rules.get(ruleName) ??
      new SecurityGroupEgressRule(
        ruleName,
        { securityGroupId, ...tcp(port), ...to, tags },
        { parent, ...opts },
      );
    rules.set(ruleName, rule);
    return rule;
  };
}

function allowToGroups({ args }: Scope, open: Open): Rules {
  const { targetSecurityGroupIds = [] } = args;
  return targetSecurityGroupIds.flatMap((id) =>
    targetPorts(plannedGroups(args)).map((port) =>
      open(id, port, { referencedSecurityGroupId: id }),
    ),
  );
}

function allowToAddresses({ name, args }: Scope, open: Open): Rules {
  return addressesOf(plannedGroups(args)).flatMap(({ address, key, group, ports }) =>
    ports.map((port) => {
      const opts = { aliases: [{ name: `${name}-egress-${port}-target-${key}` }] };
      return createByValue({ value: address, key }, (label) =>
        open(`address-${addressLabel(label)}`, port, addressIn(group, address), opts),
      );
    }),
  );
}

/** The address of a target that is perhaps outside the VPC. */
interface Address {
  readonly address: pulumi.Input<string>;
  /** The keys of the target group and of the target. */
  readonly key: string;
  readonly group: PlannedGroup;
  readonly ports: number[];
}

function addressesOf(groups: readonly PlannedGroup[]): Address[] {
  return groups.flatMap((group) =>
    Object.entries(group.servers.targets ?? {})
      .filter(([, { availabilityZone }]) => availabilityZone !== undefined)
      .map(([key, target]) => ({
        address: target.id,
        key: group.key === MAIN ? key : `${group.key}-${key}`,
        group,
        ports: portsOf(group, target),
      })),
  );
}

type Destination = Pick<
  SecurityGroupEgressRuleArgs,
  "cidrIpv4" | "cidrIpv6" | "referencedSecurityGroupId"
>;

const addressIn = (group: PlannedGroup, address: pulumi.Input<string>): Destination =>
  isReachedByIpv6(group)
    ? { cidrIpv6: pulumi.interpolate`${address}/128` }
    : { cidrIpv4: pulumi.interpolate`${address}/32` };

/** Allows traffic from the load balancer in the targets' security groups, if they are in the arguments. */
function allowAtTargets(
  { name, args, parent }: Scope,
  loadBalancer: pulumi.Output<string>,
): pulumi.Resource[] {
  const { targetSecurityGroupIds = [], tags } = args;
  return targetSecurityGroupIds.flatMap((securityGroupId) =>
    targetPorts(plannedGroups(args)).map(
      (port) =>
        new SecurityGroupIngressRule(
          `${name}-target-ingress-${port}-${securityGroupId}`,
          { securityGroupId, ...tcp(port), referencedSecurityGroupId: loadBalancer, tags },
          // A replacement is created before the load balancer gets its other security group, and the old rule is
          // deleted after that. An update would take the old security group's access away too early.
          { parent, replaceOnChanges: ["referencedSecurityGroupId"] },
        ),
    ),
  );
}

/** Additional CIDR blocks get no rules: their number is known too late to create a resource for each. */
function warnOfAdditionalCidrBlocks(network: Network, parent: pulumi.Resource): void {
  network.cidrBlocks().apply(([, ...further]) => {
    if (further.length === 0) return;
    void pulumi.log.warn(
      `the load balancer's security group does not allow traffic to targets in the VPC's additional CIDR ` +
        `blocks (${further.join(", ")}); if you have targets there, list the security groups of all targets in ` +
        "targetSecurityGroupIds",
      parent,
    );
  });
}

const primaryCidrBlock = (network: Network) =>
  network.cidrBlocks().apply(([first]): string | undefined => first);

const tcp = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port });
