import { isIPv4 } from "node:net";
import { IpAddressType, TargetGroupIpAddressType } from "../../args";
import { canonical, isIpv6Address } from "../../shared/cidr";
import * as checks from "../../checks";
import { groupsWithPaths } from "../../plan/targetGroups";

const { Ipv4, Ipv6 } = TargetGroupIpAddressType;
const FAMILIES = {
  [Ipv4]: { what: "an IPv4 address", use: "private IPv4 address", matches: isIPv4, other: Ipv6 },
  [Ipv6]: { what: "an IPv6 address", use: "IPv6 address", matches: isIpv6Address, other: Ipv4 },
} as const;

/** The check of a target's ID that is an IP address of the target group's type. */
export function address(ipAddressType: unknown = Ipv4): checks.Check {
  const { what, use, matches, other } = FAMILIES[ipAddressType === Ipv6 ? Ipv6 : Ipv4];
  return {
    accepts: { kind: "text" },
    visit(value, at) {
      if (typeof value !== "string" || !matches(value)) {
        const isOther = typeof value === "string" && FAMILIES[other].matches(value);
        const remedy = isOther
          ? `set the target group's ipAddressType to ${other}`
          : `use the target's ${use}`;
        const family = ipAddressType === Ipv6 ? Ipv6 : Ipv4;
        const must = `must be ${what}, because the target type is ip and the target group's ipAddressType is ${family}`;
        at.report("format", must, value, remedy);
      } else if (matches === isIpv6Address && canonical(value) !== value) {
        const { remedy, edit } = at.rewrite(canonical(value), 'such as "2001:db8::1"');
        at.report("format", "must be written as AWS writes it", value, remedy, edit);
      }
      return value;
    },
  };
}

/** Only a load balancer with IPv6 addresses can have targets with IPv6 addresses. */
export const ipv6Targets: checks.Relation = {
  properties: [],
  check(args, at) {
    const { ipAddressType = IpAddressType.Ipv4 } = args;
    if (ipAddressType !== IpAddressType.Ipv4) return;
    for (const [group, argument] of groupsWithPaths(args, at)) {
      if (checks.valueAt(group, "ipAddressType") !== Ipv6) continue;
      argument
        .key("ipAddressType")
        .reportText(
          "conflict",
          "can be ipv6 only if the load balancer has IPv6 addresses; set the load balancer's own ipAddressType " +
            `to dualstack, or remove ${argument.key("ipAddressType").path}`,
        );
    }
  },
};
