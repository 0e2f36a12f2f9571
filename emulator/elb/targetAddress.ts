import { BlockList, isIPv4, isIPv6 } from "node:net";
import {
  AwsError,
  type AccountServices,
  type Instance,
  type LambdaFunction,
  type TargetDescription,
  type TargetGroup,
} from "../aws";

/** The server behind a registration, if there is one. */
export const findServer = (
  services: AccountServices,
  group: TargetGroup,
  id: string,
): Instance | undefined =>
  group.targetType === "instance"
    ? services.findInstance(id)
    : services.findInstanceByIp(group.vpcId, id);

/** A function by its ARN, whatever version or alias of it is named. */
export const findFunction = (services: AccountServices, arn: string): LambdaFunction | undefined =>
  services.findFunction(arn.split(":").slice(0, 7).join(":"));

const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

const familyOf = (address: string) => (isIPv6(address) ? "ipv6" : "ipv4");

function covers(cidrBlocks: readonly (string | undefined)[], address: string): boolean {
  const list = new BlockList();
  for (const cidrBlock of cidrBlocks) {
    const [network = "", prefix] = cidrBlock?.split("/") ?? [];
    if (network !== "") {
      list.addSubnet(network, Number(prefix), familyOf(network));
    }
  }
  return list.check(address, familyOf(address));
}

/** Where checks of a server go, as AWS's checker would name it. */
export function hostOf(group: TargetGroup, id: string, server?: Instance): string {
  return group.ipAddressType === "ipv6"
    ? `[${server?.ipv6Address ?? id}]`
    : (server?.privateIpAddress ?? id);
}

function checkInstance(services: AccountServices, group: TargetGroup, id: string): void {
  const instance = services.findInstance(id);
  if (instance === undefined) {
    throw new AwsError("InvalidTarget", `The following instances do not exist: '${id}'`);
  }
  if (instance.state !== "running") {
    throw new AwsError(
      "InvalidTarget",
      `The following targets are not in a running state and cannot be registered: '${id}'`,
    );
  }
  if (instance.vpcId !== group.vpcId) {
    throw new AwsError(
      "InvalidTarget",
      `The following targets are not in the target group VPC '${group.vpcId}': '${id}'`,
    );
  }
  if (group.ipAddressType === "ipv6" && instance.ipv6Address === undefined) {
    throw new AwsError(
      "InvalidTarget",
      `The following targets do not have a primary IPv6 address: '${id}'`,
    );
  }
}

function checkIp(
  services: AccountServices,
  group: TargetGroup,
  { id, availabilityZone }: TargetDescription,
): void {
  const [isOfFamily, family] =
    group.ipAddressType === "ipv6" ? [isIPv6(id), "IPv6"] : [isIPv4(id), "IPv4"];
  if (!isOfFamily) {
    throw new AwsError(
      "ValidationError",
      `The IP address '${id}' is not a valid ${family} address`,
    );
  }
  const { cidrBlock, ipv6CidrBlock } = services.vpc(group.vpcId);
  if (covers([cidrBlock, ipv6CidrBlock], id)) {
    return;
  }
  const canLieOutside = isIPv6(id) || covers(PRIVATE_RANGES, id);
  if (canLieOutside && availabilityZone !== undefined) {
    return;
  }
  throw canLieOutside
    ? new AwsError(
        "ValidationError",
        `An Availability Zone must be specified for the target '${id}': ` +
          `it is outside the VPC '${group.vpcId}'`,
      )
    : new AwsError("InvalidTarget", `The following targets are not valid: '${id}'`);
}

function checkFunction(services: AccountServices, group: TargetGroup, id: string): void {
  const found = findFunction(services, id);
  if (found === undefined) {
    throw new AwsError("InvalidTarget", `The following targets are not valid: '${id}'`);
  }
  const principal = "elasticloadbalancing.amazonaws.com";
  const permits = found.permissions.some(
    (one) =>
      one.action === "lambda:InvokeFunction" &&
      one.principal === principal &&
      one.qualifier === id.split(":").at(7) &&
      (one.sourceArn ?? group.targetGroupArn) === group.targetGroupArn,
  );
  if (!permits) {
    throw new AwsError(
      "AccessDenied",
      `elasticloadbalancing principal does not have permission to invoke ${id} from target group ` +
        group.targetGroupArn,
    );
  }
}

/** Refuses what RegisterTargets would refuse. */
export function checkTarget(
  services: AccountServices,
  group: TargetGroup,
  target: TargetDescription,
): void {
  const { id, port } = target;
  if (group.targetType === "lambda") {
    checkFunction(services, group, id);
    return;
  }
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new AwsError("ValidationError", `The port '${port}' must be between '1' and '65535'`);
  }
  if (group.targetType === "instance") {
    checkInstance(services, group, id);
  } else {
    checkIp(services, group, target);
  }
}
