import * as pulumi from "@pulumi/pulumi";

const address = (target: object) => ({
  targetGroup: { targetType: "ip" },
  targets: { a: target },
});
const byIpv6 = (targetGroup: object, others: object = {}) => ({
  ipAddressType: "dualstack",
  targetGroup: { ipAddressType: "ipv6", ...targetGroup },
  ...others,
});
const ipv6Address = (target: object) => byIpv6({ targetType: "ip" }, { targets: { a: target } });

/** Of the addresses by which targets are reached. */
export const ADDRESSES: readonly (readonly [string, object])[] = [
  ["an address", address({ id: "10.0.0.1" })],
  ["an address of a VPC with public ones", address({ id: "203.0.113.1" })],
  ["an address outside the VPC", address({ id: "10.0.0.1", availabilityZone: "all" })],
  ["the last private address", address({ id: "172.31.255.255", availabilityZone: "all" })],
  ["an address of a carrier's network", address({ id: "100.127.1.1", availabilityZone: "all" })],
  ["an address in a zone", address({ id: "10.0.0.1", availabilityZone: "us-west-2a" })],
  ["instances that are reached by IPv6", byIpv6({}, { instanceIds: ["i-1"] })],
  [
    "IPv6 behind no public IPv4 addresses",
    byIpv6({}, { ipAddressType: "dualstack-without-public-ipv4" }),
  ],
  [
    "target groups of both kinds",
    {
      ipAddressType: "dualstack",
      targetGroup: { ipAddressType: "ipv4" },
      targetGroups: { blue: { ipAddressType: "ipv6" } },
      forward: { weights: { default: 1, blue: 1 } },
    },
  ],
  ["a group of IPv4 in words", { targetGroup: { ipAddressType: "ipv4" } }],
  [
    "a function of IPv4, which other languages fill in",
    { targetGroup: { targetType: "lambda", ipAddressType: "ipv4" } },
  ],
  ["an IPv6 address", ipv6Address({ id: "2001:db8::1" })],
  ["an IPv6 address outside the VPC", ipv6Address({ id: "fd00::1", availabilityZone: "all" })],
  ["an IPv6 address that is an output", ipv6Address({ id: pulumi.output("2001:db8::1") })],
];
