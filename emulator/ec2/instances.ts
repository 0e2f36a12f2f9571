import { AwsError, type Instance, type Subnet } from "../aws";
import { ec2Id } from "./ids";

/** The network's own address and those that AWS keeps for itself. */
const RESERVED = 4;

/** A new instance, with the first address of its subnet that none of the others has. */
export function newInstance(
  subnet: Subnet,
  securityGroupIds: readonly string[],
  others: readonly Instance[],
): Instance {
  const taken = new Set(others.map(({ privateIpAddress }) => privateIpAddress));
  const [network, bits] = subnet.cidrBlock.split("/");
  const size = 2 ** (32 - Number(bits));
  for (let host = RESERVED; host < size - 1; host += 1) {
    const privateIpAddress = address(network, host);
    if (taken.has(privateIpAddress)) continue;
    const { subnetId, vpcId, availabilityZone } = subnet;
    return {
      instanceId: ec2Id("i"),
      subnetId,
      vpcId,
      availabilityZone,
      privateIpAddress,
      securityGroupIds,
      state: "running",
      ports: new Map(),
    };
  }
  throw new AwsError(
    "InsufficientFreeAddressesInSubnet",
    `There are not enough free addresses in subnet '${subnet.subnetId}'`,
  );
}

function address(network: string, host: number): string {
  const parts = network.split(".").map(Number);
  const number = parts.reduce((sum, part) => sum * 256 + part, 0) + host;
  return [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join(".");
}
