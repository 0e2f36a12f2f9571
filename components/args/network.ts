/** The type of addresses that clients use to reach the load balancer. */
export const IpAddressType = {
  /** IPv4 addresses. */
  Ipv4: "ipv4",
  /** IPv4 and IPv6 addresses. */
  Dualstack: "dualstack",
  /**
   * IPv6 addresses for clients on the internet, and private IPv4 addresses for clients in the VPC and
   * in connected networks.
   */
  DualstackWithoutPublicIpv4: "dualstack-without-public-ipv4",
} as const;
export type IpAddressType = (typeof IpAddressType)[keyof typeof IpAddressType];
