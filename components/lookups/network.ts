import { getInternetGateway } from "@pulumi/aws/ec2/getInternetGateway";
import { getRouteTable } from "@pulumi/aws/ec2/getRouteTable";
import { valueAt } from "../shared/guards";
import { textAt } from "./answers";
import { findOrMissing, isMissing, type Lookups } from "./lookups";

/** A route of a subnet: its destination, and the ID of what it leads through. */
export interface Route {
  readonly destination?: string;
  readonly through?: string;
}

/** Lookups about the way from and to the internet. They give undefined if a call fails. */
export interface NetworkLookups {
  /** The routes of a subnet: those of its own route table, or of the VPC's main one. */
  routes(subnetId: string, vpcId: string): Promise<Route[] | undefined>;
  hasInternetGateway(vpcId: string): Promise<boolean | undefined>;
}

const DESTINATIONS = ["cidrBlock", "ipv6CidrBlock", "destinationPrefixListId"];
const GATEWAYS = [
  "gatewayId",
  "natGatewayId",
  "transitGatewayId",
  "vpcEndpointId",
  "networkInterfaceId",
  "instanceId",
  "carrierGatewayId",
  "localGatewayId",
  "egressOnlyGatewayId",
  "vpcPeeringConnectionId",
  "coreNetworkArn",
];

export function networkLookups(lookups: Lookups): NetworkLookups {
  const find = (args: Parameters<typeof getRouteTable>[0]) =>
    lookups.optional("routeTables", () =>
      findOrMissing(() => getRouteTable(args, lookups.options)),
    );
  const mainTables = new Map<string, ReturnType<typeof find>>();
  function mainTable(vpcId: string): ReturnType<typeof find> {
    const main = [{ name: "association.main", values: ["true"] }];
    const table = mainTables.get(vpcId) ?? find({ vpcId, filters: main });
    mainTables.set(vpcId, table);
    return table;
  }
  return {
    async routes(subnetId, vpcId) {
      const own = await find({ subnetId });
      const table = isMissing(own) ? await mainTable(vpcId) : own;
      const routes = isMissing(table) ? undefined : valueAt(table, "routes");
      if (!Array.isArray(routes)) return undefined;
      return routes.map((route) => ({
        destination: firstText(route, DESTINATIONS),
        through: firstText(route, GATEWAYS),
      }));
    },
    async hasInternetGateway(vpcId) {
      const attached = [{ name: "attachment.vpc-id", values: [vpcId] }];
      const answer = await lookups.optional("internetGateways", () =>
        findOrMissing(() => getInternetGateway({ filters: attached }, lookups.options)),
      );
      return answer && !isMissing(answer);
    },
  };
}

const firstText = (route: unknown, keys: readonly string[]) =>
  keys.map((key) => textAt(route, key)).find((text) => text !== undefined);
