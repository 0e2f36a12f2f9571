import * as pulumi from "@pulumi/pulumi";
import { bad, type BadArguments } from "./bad";

const inIpv6 = (path: string, target: object, ...says: string[]) =>
  bad(
    path,
    {
      ipAddressType: "dualstack",
      targetGroup: { targetType: "ip", ipAddressType: "ipv6" },
      targets: { a: target },
    },
    ...says,
  );
const inIpv4 = (path: string, target: object, ...says: string[]) =>
  bad(path, { targetGroup: { targetType: "ip" }, targets: { a: target } }, ...says);

/** Of the addresses by which targets are reached. */
export const ADDRESSES: BadArguments[] = [
  bad("targetGroup.ipAddressType", { targetGroup: { ipAddressType: "dualstack" } }, "ipv4, ipv6"),
  bad(
    "targetGroup.ipAddressType",
    { targetGroup: { ipAddressType: pulumi.output("ipv4") } },
    "plain value",
    "security group rules",
  ),
  bad(
    "targetGroup.ipAddressType",
    { targetGroup: { ipAddressType: "ipv6" } },
    "such addresses",
    "dualstack",
  ),
  bad(
    "targetGroups.blue.ipAddressType",
    {
      ipAddressType: "ipv4",
      targetGroups: { blue: { ipAddressType: "ipv6" } },
      forward: { weights: { blue: 1 } },
      instanceIds: undefined,
    },
    "such addresses",
    "leave this out",
  ),
  bad(
    "targetGroup.ipAddressType",
    { ipAddressType: "dualstack", targetGroup: { targetType: "lambda", ipAddressType: "ipv6" } },
    "not for a Lambda function",
  ),
  inIpv4("targets.a.id", { id: "i-1" }, "an IPv4 address", '"i-1"', "private address"),
  inIpv4("targets.a.id", { id: "10.0.0.256" }, "an IPv4 address"),
  inIpv4("targets.a.id", { id: "fd00::1" }, "an IPv4 address", "set the target group's", "to ipv6"),
  inIpv4("targets.a.id", { id: "8.8.8.8", availabilityZone: "all" }, "private", "8.8.8.8"),
  inIpv4("targets.a.id", { id: "172.32.0.1", availabilityZone: "all" }, "172.16.0.0/12"),
  inIpv4("targets.a.availabilityZone", { id: "10.0.0.1", availabilityZone: "any" }, '"all"'),
  inIpv6(
    "targets.a.id",
    { id: "10.0.0.1" },
    "an IPv6 address",
    "set the target group's",
    "to ipv4",
  ),
  inIpv6("targets.a.id", { id: "i-1" }, "an IPv6 address", "private address"),
  inIpv6("targets.a.id", { id: "fd00::1%eth0" }, "an IPv6 address"),
  inIpv6("targets.a.id", { id: "2001:DB8:0:0::1" }, "as AWS does", 'write "2001:db8::1"'),
  inIpv6("targets.a.id", { id: 1 }, "an IPv6 address", "got 1"),
];
