import { WEB_ACL } from "../groups";

/** Of the load balancer's own settings. */
export const LOAD_BALANCER: readonly (readonly [string, object])[] = [
  ["the shortest times", { idleTimeout: 1, clientKeepAlive: 60 }],
  ["the longest times", { idleTimeout: 4000, clientKeepAlive: 604800 }],
  ["headers of any name", { dropInvalidHeaderFields: false }],
  ["the strictest desync mode", { desyncMitigationMode: "strictest" }],
  ["the client's port in the mode by default", { xffClientPort: true }],
  [
    "the client's port in the mode append",
    { xffClientPort: true, xffHeaderProcessingMode: "append" },
  ],
  ["no client's port in another mode", { xffClientPort: false, xffHeaderProcessingMode: "remove" }],
  [
    "all other attributes",
    {
      preserveHostHeader: true,
      tlsVersionAndCipherSuiteHeaders: true,
      wafFailOpen: true,
      zonalShift: true,
      http2: false,
    },
  ],
  ["a web ACL", { webAclArn: WEB_ACL }],
  ["IPv4 in words", { ipAddressType: "ipv4" }],
  [
    "IPv6 networks",
    { ipAddressType: "dualstack", ingressCidrBlocks: ["::/0", "2001:db8::/32", "10.0.0.0/8"] },
  ],
  ["an internal dualstack", { ipAddressType: "dualstack", internal: true }],
  ["no public IPv4 addresses", { ipAddressType: "dualstack-without-public-ipv4" }],
  ["access logs", { accessLogs: { bucket: "my.logs-1", prefix: "production/web" } }],
  ["logs without a bucket", { accessLogs: {}, connectionLogs: { prefix: "web" } }],
  ["logs that are turned off", { healthCheckLogs: { bucket: "logs", enabled: false } }],
  [
    "logs that are kept for the shortest time",
    { accessLogs: { bucket: "logs" }, healthCheckLogs: {}, logExpirationDays: 1 },
  ],
  ["logs that are kept for the longest time", { accessLogs: {}, logExpirationDays: 2 ** 31 - 1 }],
  ["a bucket of 63 characters", { accessLogs: { bucket: "a".repeat(63) } }],
];
