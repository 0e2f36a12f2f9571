import { adviceAt, problemAt, type Problem } from "../checks";
import { TargetType, type LoadBalancedGroupArgs, type LoadBalancedServiceArgs } from "../args";
import type { AwsLookups } from "../lookups";
import { regionOption, type LoadBalancerLocation } from "../network/location";
import { earlyTexts } from "../shared/previewValues";
import { renameText, serviceText } from "../plan/owner";
import { plannedGroups, targetPorts } from "../plan/targetGroups";
import type { SecurityGroupRule } from "../lookups/securityGroups";

/** A security group in the arguments, with its path. */
export interface NamedGroup {
  readonly id: string;
  readonly propertyPath: string;
  /** Whether it may be in another VPC, because targets may be outside the group's VPC. */
  readonly anywhere?: boolean;
}

/** The problems of the security groups in the arguments. */
export async function securityGroupsProblems(
  args: LoadBalancedGroupArgs,
  location: Promise<LoadBalancerLocation | undefined>,
  aws: AwsLookups,
): Promise<Problem[]> {
  const given = await earlyTexts(args.securityGroupIds);
  // Targets outside the VPC also have security groups outside of it.
  const anywhere = plannedGroups(args).some(
    ({ settings }) => settings.targetType === TargetType.Ip,
  );
  const named: NamedGroup[] = [
    ...given.flatMap((id, index) =>
      id === undefined ? [] : [{ id, propertyPath: `securityGroupIds[${index}]` }],
    ),
    ...(args.targetSecurityGroupIds ?? []).map((id, index) => ({
      id,
      propertyPath: `targetSecurityGroupIds[${index}]`,
      anywhere,
    })),
  ];
  for (const [key, value] of Object.entries(args.ingressSecurityGroupIds ?? {})) {
    // A security group of another VPC may be a client too, if the VPCs are peered.
    const propertyPath = `ingressSecurityGroupIds.${key}`;
    if (typeof value === "string") named.push({ id: value, propertyPath, anywhere: true });
  }
  if (named.length === 0) return [];
  const vpcs = await aws.vpcBySecurityGroup([...new Set(named.map(({ id }) => id))]);
  if (vpcs === undefined) return [];
  const where = await location;
  return securityGroupProblems(named, where?.vpcId, vpcs, regionOption(where));
}

/** Which security groups don't exist or are in another VPC, given the VPCs of those that exist. */
export function securityGroupProblems(
  named: readonly NamedGroup[],
  vpcId: string | undefined,
  vpcs: ReadonlyMap<string, string | undefined>,
  region = "",
): Problem[] {
  return named.flatMap(({ id, propertyPath, anywhere = false }) => {
    if (!vpcs.has(id)) {
      const text = `there is no ${id} in this account and region; check the ID, the credentials and aws:region`;
      return [problemAt("missing", propertyPath, text)];
    }
    const vpc = vpcs.get(id);
    if (anywhere || vpc === undefined || vpcId === undefined || vpc === vpcId) return [];
    // The AWS provider has no function that finds the VPCs with which a security group is associated.
    const text =
      `${id} is in ${vpc}, but the load balancer is in ${vpcId}; use a security group in ${vpcId}, or ignore this ` +
      `warning if ${id} is associated with ${vpcId}; to see its associations, run: aws ec2 ` +
      `describe-security-group-vpc-associations --filters Name=group-id,Values=${id}${region}`;
    return [adviceAt("unsuitable", propertyPath, text)];
  });
}

/** The problems of the security group that a service opens, which should be one of the load balancer. */
export async function openedGroupProblems(
  id: string,
  ofLoadBalancer: readonly string[],
  aws: Pick<AwsLookups, "vpcBySecurityGroup">,
): Promise<Problem[]> {
  if (ofLoadBalancer.includes(id)) return [];
  const propertyPath = "loadBalancerSecurityGroupId";
  const vpcs = await aws.vpcBySecurityGroup([id]);
  const missing = vpcs ? securityGroupProblems([{ id, propertyPath }], undefined, vpcs) : [];
  if (missing.length > 0) return missing;
  // The same program may be about to add it to the load balancer.
  const others = ofLoadBalancer.join(", ");
  const text =
    `${id} is not a security group of the load balancer, which has ${others === "" ? "none" : others}; so the targets ` +
    `will get no requests; ${others === "" ? `add ${id} to the load balancer` : `use one of ${others}`}; if this program adds ` +
    `${id} to the load balancer, ignore this warning`;
  return [adviceAt("unsuitable", propertyPath, text)];
}

/**
 * The rules that a service would add, but that somebody else has added already: AWS has each rule only once, and
 * refuses a second one. `loadBalancer` is the load balancer's security group. `isFormerName` tells whether an owner
 * is probably this service.
 */
export async function repeatedRuleProblems(
  owner: string,
  args: LoadBalancedServiceArgs,
  loadBalancer: string | undefined,
  aws: Pick<AwsLookups, "rules">,
  isFormerName: (owner: string) => Promise<boolean>,
): Promise<Problem[]> {
  const { targetSecurityGroupIds: targets = [], loadBalancerSecurityGroupId } = args;
  if (loadBalancer === undefined) return [];
  const ports = targetPorts(plannedGroups(args));
  const opensLoadBalancer = loadBalancerSecurityGroupId !== undefined;
  const opened = opensLoadBalancer ? await aws.rules([loadBalancer]) : [];
  const checked = targets.map(async (id, index) => {
    const ingress = ((await aws.rules([id])) ?? []).filter(({ isEgress }) => isEgress === false);
    const egress = (opened ?? []).filter(({ isEgress }) => isEgress === true);
    const rulesFor = (port: number): NeededRule[] =>
      [
        {
          text: `inbound rule from ${loadBalancer}`,
          group: id,
          found: ingress,
          peer: loadBalancer,
        },
        ...(opensLoadBalancer
          ? [{ text: `outbound rule to ${id}`, group: loadBalancer, found: egress, peer: id }]
          : []),
      ].map(({ found, peer, ...rule }) => ({
        ...rule,
        port,
        others: othersFor(found, port, peer),
      }));
    const needed = ports.flatMap(rulesFor);
    const repeated = ports.map(async (port) => {
      const first = needed.find((one) => one.port === port && one.others.length > 0);
      if (first === undefined) return [];
      const [{ owner: another }] = first.others;
      const path = `targetSecurityGroupIds[${index}]`;
      const has =
        `${first.group} already has the ${first.text} for port ${port} that this service would add: ` +
        `${another === undefined ? "something else" : serviceText(another)} created it`;
      // Without the group here, the service adds none of its rules: nothing is missing if all are there.
      const removal = needed.every(({ others }) => others.length > 0) ? [removalOf(id)] : [];
      const remedy = [
        ...removal,
        "give the targets of this service a security group of their own",
      ].join(", or ");
      if (another !== undefined && (await isFormerName(another))) {
        const text =
          `${has}, and has the same listener rules as this service; ${renameText(another, owner)}; otherwise, AWS will ` +
          `refuse the rule: ${remedy}`;
        return [adviceAt("repeated", path, text)];
      }
      const renamed =
        another === undefined
          ? ""
          : "; but if that is this service before you renamed it, its stack or its project, then you have also changed its " +
            "listener rules in the program: write the former conditions and priorities for one update, and follow the " +
            "advice of its preview";
      return [
        problemAt(
          "repeated",
          path,
          `${has}, and a security group can have a rule only once; ${remedy}${renamed}`,
        ),
      ];
    });
    return (await Promise.all(repeated)).flat();
  });
  return (await Promise.all(checked)).flat();

  function othersFor(rules: readonly SecurityGroupRule[], port: number, peer: string) {
    return rules.filter((rule) => isForPort(rule, port, peer) && rule.owner !== owner);
  }

  /** A service that opens the load balancer's group needs a group of targets. */
  function removalOf(id: string): string {
    const because = ", because all security group rules that this service would add exist already";
    return opensLoadBalancer && targets.length === 1
      ? `remove targetSecurityGroupIds and loadBalancerSecurityGroupId here${because}`
      : `remove ${id} here${because}`;
  }
}

/** A rule that a service would add, and rules for the same that others have created. */
interface NeededRule {
  readonly text: string;
  /** The security group that has it. */
  readonly group: string;
  readonly port: number;
  readonly others: readonly SecurityGroupRule[];
}

const isForPort = (
  { ipProtocol, fromPort, toPort, referencedSecurityGroupId }: SecurityGroupRule,
  port: number,
  peer: string,
) =>
  ipProtocol === "tcp" &&
  fromPort === port &&
  toPort === port &&
  referencedSecurityGroupId === peer;
