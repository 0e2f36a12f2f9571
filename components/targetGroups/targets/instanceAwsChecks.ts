import type { LoadBalancedGroupArgs } from "../../args";
import { INSTANCE_STATES, type Ec2Lookups } from "../../lookups/ec2";
import { adviceAt, problemAt, type Problem } from "../../checks";
import { argumentPathOf, plannedGroups } from "../../plan/targetGroups";
import { earlyText } from "../../shared/previewValues";
import type { LoadBalancerZones } from "../../network/location";
import { knownServers } from "./instances";

/** The path in the arguments of each instance ID. */
export type Servers = Map<string, string>;

/** The states of an instance that gets requests, or soon will. */
export const SERVING = ["pending", "running"];

/** The states of an instance that can be started again. */
const STOPPED = ["stopping", "stopped"];

/**
 * The problems of the instances. AWS refuses to register a stopped instance, but one that is registered already may
 * be stopped. That is not known, so it is only a warning if the group is deployed already. One call finds the valid ones among up to 180. For the others, a fixed number
 * of further calls finds the reasons.
 */
export async function serverProblems(
  servers: Servers,
  { vpcId, zones, isGiven = false }: LoadBalancerZones,
  aws: Ec2Lookups,
  isDeployed: () => Promise<boolean | undefined>,
): Promise<Problem[]> {
  const filters: Record<string, string[]> = { "vpc-id": [vpcId] };
  if (zones.length > 0) filters["availability-zone"] = [...zones];

  const invalid = await notServing([...servers.keys()], filters, aws);
  if (invalid.length === 0) return [];

  const [stateById, zoneById, inSameVpc] = await Promise.all([
    valueByInstance(INSTANCE_STATES, (state) => aws.instances(invalid, [state])),
    valueByInstance((await aws.zones()) ?? [], (zone) =>
      aws.instances(invalid, INSTANCE_STATES, { "availability-zone": [zone] }),
    ),
    aws.instances(invalid, INSTANCE_STATES, { "vpc-id": [vpcId] }),
  ]);
  const isNew = [...stateById.values()].some((state) => STOPPED.includes(state))
    ? (await isDeployed()) === false
    : true;
  return invalid.flatMap((id) => {
    const path = servers.get(id) ?? "";
    const state = stateById.get(id);
    if (state === undefined) {
      const text = `${id} does not exist in this account and region; check the ID, the credentials and aws:region`;
      return problemAt("missing", path, text);
    }
    const faults = faultsOf(state, zoneById.get(id), inSameVpc?.has(id) ?? true);
    // An instance that has started in the meantime has no problem any more.
    if (faults.length === 0) return [];
    if (!isNew && faults.length === 1 && STOPPED.includes(state)) {
      const text = `${id} is ${state}; if it is not registered yet, start it, because AWS registers only running instances`;
      return adviceAt("unsuitable", path, text);
    }
    const what = faults.map(([fault]) => fault).join(" and ");
    const remedies = faults.flatMap(([, ...remedy]) => remedy).join(" and ");
    const text = `${id} ${what}; ${remedies === "" ? "" : `${remedies}, or `}remove this instance`;
    return problemAt("unsuitable", path, text);
  });

  function faultsOf(state: string, zone: string | undefined, inVpc: boolean): Fault[] {
    const faults: Fault[] = [];
    if (!SERVING.includes(state)) {
      faults.push(STOPPED.includes(state) ? [`is ${state}`, "start it"] : [`is ${state}`]);
    }
    if (!inVpc) {
      const where = zone === undefined ? "" : `${zone} of `;
      faults.push([
        `is in ${where}another VPC, not in ${vpcId}`,
        isGiven
          ? `use an instance in ${vpcId}`
          : "put its VPC into vpcId, or subnets of its VPC into subnetIds",
      ]);
    } else if ("availability-zone" in filters) {
      // If the zones could not be looked up, the zone is the problem if there is no other.
      const outside = zone === undefined ? faults.length === 0 : !zones.includes(zone);
      if (outside) faults.push(outsideZones(zones, zone, isGiven));
    }
    return faults;
  }
}

/** What is wrong with an instance, and the remedy if there is another one than to remove it. */
type Fault = readonly [what: string, remedy?: string];

/** The instances that are not serving or don't match the filters; none if AWS does not answer. */
async function notServing(
  ids: string[],
  filters: Readonly<Record<string, string[]>>,
  aws: Pick<Ec2Lookups, "instances">,
): Promise<string[]> {
  const serving = ids.length === 0 ? undefined : await aws.instances(ids, SERVING, filters);
  return serving === undefined ? [] : ids.filter((id) => !serving.has(id));
}

function outsideZones(zones: readonly string[], zone: string | undefined, isGiven: boolean): Fault {
  const where = zone === undefined ? "is not in" : `is in ${zone}, which is not`;
  return [
    `${where} a zone of the load balancer (${zones.join(", ")})`,
    isGiven
      ? "add a subnet in its zone to the load balancer"
      : "add its zone to availabilityZones, or a subnet in its zone to subnetIds",
  ];
}

/** For each instance, the value with which it is found. */
async function valueByInstance(
  values: string[],
  find: (value: string) => Promise<Set<string> | undefined>,
): Promise<Map<string, string>> {
  const found = values.map(async (value) =>
    [...((await find(value)) ?? [])].map((id) => [id, value] as const),
  );
  return new Map((await Promise.all(found)).flat());
}

const HAVING_PRIMARY_IPV6 = { "network-interface.ipv6-addresses.is-primary-ipv6": ["true"] };

/** Which instances in target groups with the address type ipv6 have no primary IPv6 address. */
export async function ipv6Problems(
  args: LoadBalancedGroupArgs,
  aws: Pick<Ec2Lookups, "instances">,
): Promise<Problem[]> {
  const named = (await knownServers(args)).filter(({ byIpv6 }) => byIpv6);
  const paths = new Map(named.map(({ id, path }) => [id, path]));
  const invalid = await notServing([...paths.keys()], HAVING_PRIMARY_IPV6, aws);
  if (invalid.length === 0) return [];
  // `serverProblems` reports instances that don't exist or are not running.
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

/**
 * The Auto Scaling groups that don't exist. Outputs are left out: the same program may create the group, whose name
 * is known at preview already.
 */
export async function autoScalingProblems(
  args: LoadBalancedGroupArgs,
  aws: Pick<Ec2Lookups, "autoScalingGroups">,
): Promise<Problem[]> {
  const known = plannedGroups(args).flatMap((group) =>
    Object.entries(group.servers.autoScalingGroupNames ?? {}).flatMap(([key, name]) => {
      const path = argumentPathOf(group, `autoScalingGroupNames.${key}`);
      return typeof name === "string" ? [{ path, name }] : [];
    }),
  );
  if (known.length === 0) return [];
  const found = await aws.autoScalingGroups([...new Set(known.map(({ name }) => name))]);
  return known
    .filter(({ name }) => found?.has(name) === false)
    .map(({ path, name }) => {
      const text =
        `there is no Auto Scaling group ${name} in this account and region; check the name, the credentials and ` +
        "aws:region; if this program creates the Auto Scaling group, use the output `name` of that resource";
      return problemAt("missing", path, text);
    });
}

/**
 * A warning for each instance that is registered twice: by its ID, and as an instance of an Auto Scaling group of
 * the same target group.
 */
export async function autoScalingAdvice(
  args: LoadBalancedGroupArgs,
  aws: Pick<Ec2Lookups, "instances">,
): Promise<Problem[]> {
  const servers = await knownServers(args);
  const groups = new Set(servers.map(({ group }) => group));
  const found = [...groups].map(async (group) => {
    const inputs = Object.values(group.servers.autoScalingGroupNames ?? {});
    const names = (await Promise.all(inputs.map(earlyText))).filter((name) => name !== undefined);
    if (names.length === 0) return [];
    const paths = new Map(
      servers.filter((one) => one.group === group).map(({ id, path }) => [id, path]),
    );
    // Amazon EC2 Auto Scaling adds this tag to its instances.
    const filters = { "tag:aws:autoscaling:groupName": names };
    const twice = await aws.instances([...paths.keys()], SERVING, filters);
    return [...(twice ?? [])].map((id) => {
      const text =
        `${id} is also an instance of an Auto Scaling group in ${argumentPathOf(group, "autoScalingGroupNames")}, which ` +
        "registers it too; AWS has only one registration of the instance, which ends when either this entry or the Auto " +
        "Scaling group is removed; remove the instance here, but if its target attachment is deployed already, first " +
        "remove that from the state with pulumi state delete (pulumi stack --show-urns lists it), so that Pulumi does " +
        "not deregister the instance";
      return adviceAt("repeated", paths.get(id) ?? "", text);
    });
  });
  return (await Promise.all(found)).flat();
}
