/** By which addresses clients reach the load balancer. */
export const IpAddressType = {
  /** By IPv4 addresses. */
  Ipv4: "ipv4",
  /** By IPv4 and IPv6 addresses. */
  Dualstack: "dualstack",
  /** By IPv6 addresses from the internet, and by private IPv4 addresses from its networks. */
  DualstackWithoutPublicIpv4: "dualstack-without-public-ipv4",
} as const;
export type IpAddressType = (typeof IpAddressType)[keyof typeof IpAddressType];
