import { INSTANCE_STATES, type Ec2Lookups } from "../../lookups/ec2";
import { problemAt, type Problem } from "../../checks";
import type { LoadBalancerZones } from "../../network/location";

/** Instance ids, and where each stands in the arguments. */
export type Servers = Map<string, string>;

/** The states of an instance that serves or is about to. */
export const SERVING = ["pending", "running"];

/**
 * What is wrong with the servers. One call says that all is well with up to 180 of them; only for
 * those with which it is not, a fixed number of further calls finds out why.
 */
export async function serverProblems(
  servers: Servers,
  { vpcId, zones }: LoadBalancerZones,
  aws: Ec2Lookups,
): Promise<Problem[]> {
  const filters: Record<string, string[]> = { "vpc-id": [vpcId] };
  if (zones.length > 0) filters["availability-zone"] = [...zones];

  const ids = [...servers.keys()];
  const valid = ids.length === 0 ? undefined : await aws.instances(ids, SERVING, filters);
  const invalid = valid === undefined ? [] : ids.filter((id) => !valid.has(id));
  if (invalid.length === 0) return [];

  const [stateById, zoneById, inSameVpc] = await Promise.all([
    valueByInstance(INSTANCE_STATES, (state) => aws.instances(invalid, [state])),
    valueByInstance((await aws.zones()) ?? [], (zone) =>
      aws.instances(invalid, INSTANCE_STATES, { "availability-zone": [zone] }),
    ),
    aws.instances(invalid, INSTANCE_STATES, { "vpc-id": [vpcId] }),
  ]);
  return invalid.flatMap((id) => {
    const path = servers.get(id) ?? "";
    const state = stateById.get(id);
    const faults =
      state === undefined
        ? [
            "does not exist in this account and region; check the ID, the credentials and aws:region",
          ]
        : reasonsOf(state, zoneById.get(id), inSameVpc?.has(id) ?? true);
    // A server that started meanwhile has no fault any more.
    if (faults.length === 0) return [];
    const code = state === undefined ? "missing" : "unsuitable";
    return problemAt(code, path, `${id} ${faults.join("; and it ")}`);
  });

  function reasonsOf(state: string, zone: string | undefined, inVpc: boolean): string[] {
    const faults: string[] = [];
    if (!SERVING.includes(state)) {
      faults.push(
        `is ${state}; ${state === "terminated" ? "remove it" : "start it, or remove it"}`,
      );
    }
    if (!inVpc) {
      const where = zone === undefined ? "" : `${zone} of `;
      faults.push(
        `is in ${where}another VPC, not in ${vpcId}; use that VPC for the group, or remove the instance`,
      );
    } else if ("availability-zone" in filters) {
      // Where zones can't be asked for, no other fault is left for a server that has none.
      const outside = zone === undefined ? faults.length === 0 : !zones.includes(zone);
      if (outside) faults.push(outsideZones(zones, zone));
    }
    return faults;
  }
}

function outsideZones(zones: readonly string[], zone?: string): string {
  const where = zone === undefined ? "is not in" : `is in ${zone}, which is not`;
  return (
    `${where} a zone of the load balancer (${zones.join(", ")}); ` +
    "add its zone to the load balancer, or remove the instance"
  );
}

/** By which value each instance is found. */
async function valueByInstance(
  values: string[],
  find: (value: string) => Promise<Set<string> | undefined>,
): Promise<Map<string, string>> {
  const found = values.map(async (value) =>
    [...((await find(value)) ?? [])].map((id) => [id, value] as const),
  );
  return new Map((await Promise.all(found)).flat());
}
