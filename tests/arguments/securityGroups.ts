import * as pulumi from "@pulumi/pulumi";
import { guide } from "./limits";
import { bad, maps, type ArgumentTable } from "./table";

const dualstack = { ipAddressType: "dualstack" };

/** Who is let in, and by whose security groups. */
export const SECURITY_GROUPS: ArgumentTable = {
  good: [
    ["networks", { ingressCidrBlocks: ["0.0.0.0/0", "10.0.0.0/8", "192.0.2.1/32"] }],
    ["no network", { ingressCidrBlocks: [] }],
    ["security groups of clients", { ingressSecurityGroupIds: { batch: "sg-1", shop: "sg-2" } }],
    [
      "a prefix list beside networks",
      { ingressPrefixListIds: { cdn: "pl-1" }, ingressCidrBlocks: ["10.0.0.0/8"] },
    ],
    ["targets' security groups", { targetSecurityGroupIds: ["sg-1", "sg-2"] }],
    [
      "IPv6 networks",
      { ipAddressType: "dualstack", ingressCidrBlocks: ["::/0", "2001:db8::/32", "10.0.0.0/8"] },
    ],
  ],
  bad: [
    bad(
      "ingressCidrBlocks[0]",
      "format",
      { ingressCidrBlocks: ["pl-1"] },
      "move it to ingressPrefixListIds",
    ),
    bad(
      "ingressCidrBlocks[0]",
      "format",
      { ingressCidrBlocks: ["sg-1"] },
      "move it to ingressSecurityGroupIds",
    ),
    ...["ingressSecurityGroupIds", "ingressPrefixListIds"].flatMap((list) => {
      const [one, other] = list === "ingressPrefixListIds" ? ["pl-1", "sg-1"] : ["sg-1", "pl-1"];
      return [
        bad(`${list}.a`, "format", { [list]: { a: other } }, other),
        bad(`${list}.b`, "repeated", { [list]: { a: one, b: one } }, `${list}.a`),
        bad(
          list,
          "conflict",
          { securityGroupIds: ["sg-9"], [list]: { a: one } },
          "securityGroupIds",
        ),
      ];
    }),
    bad("securityGroupIds[0]", "format", { securityGroupIds: ["web"] }, "sg-...", '"web"'),
    bad(
      "ingressCidrBlocks[0]",
      "format",
      { ingressCidrBlocks: ["10.0.0.0"] },
      "CIDR",
      '"10.0.0.0"',
      "10.0.0.0/16",
    ),
    bad(
      "ingressCidrBlocks[0]",
      "format",
      { ingressCidrBlocks: ["10.0.0.1/8"] },
      "prefix",
      'write "10.0.0.0/8"',
    ),
    bad("ingressCidrBlocks[0]", "format", { ingressCidrBlocks: ["10.0.0.0/33"] }, "CIDR"),
    bad(
      "ingressCidrBlocks",
      "conflict",
      { securityGroupIds: ["sg-1"], ingressCidrBlocks: ["10.0.0.0/8"] },
      "can't be combined with securityGroupIds",
    ),
    bad(
      "targetSecurityGroupIds[0]",
      "format",
      { targetSecurityGroupIds: ["web"] },
      "sg-...",
      '"web"',
    ),
    bad(
      "targetSecurityGroupIds",
      "output",
      { targetSecurityGroupIds: pulumi.output(["sg-1"]) },
      "aws.vpc.SecurityGroupIngressRule",
    ),
    bad(
      "ingressCidrBlocks[0]",
      "conflict",
      { ingressCidrBlocks: ["::/0"] },
      "IPv6",
      "set ipAddressType",
    ),
    ...["::/129", "2001:db8::/032", "fe80::1%eth0/64", "2001:db8::"].map((cidr) =>
      bad(
        "ingressCidrBlocks[0]",
        "format",
        { ...dualstack, ingressCidrBlocks: [cidr] },
        "CIDR",
        cidr,
      ),
    ),
    bad(
      "ingressCidrBlocks[0]",
      "format",
      { ...dualstack, ingressCidrBlocks: ["2001:0DB8::1/32"] },
      'write "2001:db8::/32"',
    ),
  ],
  mappings: [
    maps("securityGroupIds", ["sg-9"], "web-alb securityGroups"),
    maps("ingressCidrBlocks", ["10.0.0.0/8"], "web-ingress-80-10.0.0.0/8 cidrIpv4", "10.0.0.0/8", {
      securityGroupIds: undefined,
    }),
    maps(
      "ingressSecurityGroupIds.key",
      "sg-t",
      "web-ingress-80-sg-t referencedSecurityGroupId",
      "sg-t",
      { securityGroupIds: undefined },
    ),
    maps("ingressPrefixListIds.key", "pl-1", "web-ingress-80-pl-1 prefixListId", "pl-1", {
      securityGroupIds: undefined,
    }),
    maps("targetSecurityGroupIds", ["sg-t"], "web-target-ingress-80-sg-t securityGroupId", "sg-t"),
  ],
  limits: [
    {
      args: ["securityGroupIds"],
      source: { documented: { min: 1, max: 5 }, page: guide("load-balancer-limits") },
    },
  ],
};
