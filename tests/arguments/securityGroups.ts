import * as pulumi from "@pulumi/pulumi";
import { guide } from "./limits";
import { bad, maps, type ArgumentTable } from "./table";

const dualstack = { ipAddressType: "dualstack" };

/** Who is let in, and by whose security groups. */
export const SECURITY_GROUPS: ArgumentTable = {
  good: [
    ["networks", { ingressCidrBlocks: ["0.0.0.0/0", "10.0.0.0/8", "192.0.2.1/32"] }],
    ["no network", { ingressCidrBlocks: [] }],
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
      "set securityGroupIds to its ID",
    ),
    bad(
      "ingressCidrBlocks[0]",
      "format",
      { ingressCidrBlocks: ["sg-1"] },
      "set securityGroupIds to its ID",
    ),
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
    maps("targetSecurityGroupIds", ["sg-t"], "web-target-ingress-80-sg-t securityGroupId", "sg-t"),
  ],
  limits: [
    {
      args: ["securityGroupIds"],
      source: { documented: { min: 1, max: 5 }, page: guide("load-balancer-limits") },
    },
  ],
};
