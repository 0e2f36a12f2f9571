import { getAvailabilityZones } from "@pulumi/aws/getAvailabilityZones";
import { getSubnets } from "@pulumi/aws/ec2/getSubnets";
import { isMocked, textsAt } from "../lookups/answers";
import type { Lookups } from "../lookups/lookups";
import { regionsOf } from "../plan/regions";
import { Failed, problemAt, type Problem } from "../checks";

/** One subnet in each zone, or the problems of all zones without one. */
export async function subnetsInZones(
  zones: readonly string[],
  vpcId: string,
  lookups: Lookups,
): Promise<string[] | Failed> {
  const found = await Promise.all(zones.map((zone) => subnetInZone(zone, vpcId, lookups)));
  const failures = found.filter((one) => Failed.isInstance(one));
  if (failures.length > 0) return new Failed(failures.flatMap(({ problems }) => problems));
  return found.filter((one) => typeof one === "string");
}

/** The only subnet in a zone, or its default subnet if there are several. */
async function subnetInZone(
  zone: string,
  vpcId: string,
  lookups: Lookups,
): Promise<string | Failed> {
  const purpose = {
    propertyPath: "availabilityZones",
    what: `the subnet of ${zone} in ${vpcId}`,
    instead:
      "list one subnet for each zone in subnetIds instead of availabilityZones, and set vpcId",
  };
  const find = (...also: Filter[]) => {
    const filters = [
      { name: "vpc-id", values: [vpcId] },
      { name: "availability-zone", values: [zone] },
      ...also,
    ];
    return lookups.required(
      "subnets",
      purpose,
      () => getSubnets({ filters }, lookups.options),
      // With mocks, the zone's name is used as the subnet's ID.
      (answer) => textsAt(answer, "ids") ?? (isMocked() ? [zone] : undefined),
    );
  };
  const ids = await find();
  if (Failed.isInstance(ids)) return ids;
  const choice = ids.length > 1 ? await find(DEFAULT_FOR_ZONE) : ids;
  if (Failed.isInstance(choice)) return choice;
  if (choice.length === 1) return choice[0];
  const text =
    ids.length === 0
      ? await withoutSubnet(zone, vpcId, lookups)
      : `the zone ${zone} has ${ids.length} subnets in ${vpcId} (${ids.join(", ")}), and none is the default ` +
        `subnet of the zone; list one subnet for each zone in subnetIds instead`;
  return new Failed([problemAt("unsuitable", "availabilityZones", text)]);
}

/** Why a zone has no subnet: the zone may also be in another region, or not exist. */
async function withoutSubnet(zone: string, vpcId: string, lookups: Lookups): Promise<string> {
  const answer = await lookups.optional("zones", () => getAvailabilityZones({}, lookups.options));
  const zones = textsAt(answer, "names") ?? [];
  const region = regionsOf(zones).at(0);
  const own = regionsOf([zone]).at(0);
  if (region === undefined || own === undefined || zones.includes(zone)) {
    return (
      `the zone ${zone} has no subnet in ${vpcId}; create one, use a zone that has one, or ` +
      "use subnetIds instead of availabilityZones"
    );
  }
  if (own !== region) {
    return (
      `the zone ${zone} is not in ${region}, the region of the AWS provider; set aws:region to ` +
      `${own}, or use zones in ${region}: ${zones.join(", ")}`
    );
  }
  return (
    `the zone ${zone} does not exist, or is not enabled in this account; use one of ${zones.join(", ")}; if it is a ` +
    "Local Zone or a Wavelength Zone, you can enable its zone group in the EC2 console"
  );
}

interface Filter {
  readonly name: string;
  readonly values: string[];
}

const DEFAULT_FOR_ZONE: Filter = { name: "default-for-az", values: ["true"] };

export function missingSubnet(id: string): Problem {
  const text =
    `there is no ${id} in this account and region; ` +
    "check the ID, the credentials and aws:region";
  return problemAt("missing", "subnetIds", text);
}
