import * as pulumi from "@pulumi/pulumi";
import { WEB_ACL } from "../groups";
import { bad, type BadArguments } from "./bad";

const dualstack = { ipAddressType: "dualstack" };

/** Of the load balancer's own settings. */
export const LOAD_BALANCER: BadArguments[] = [
  bad("deletionProtection", { deletionProtection: "yes" }, "true or false", '"yes"'),
  bad("idleTimeout", { idleTimeout: 0 }, "seconds from 1 to 4000", "got 0"),
  bad("idleTimeout", { idleTimeout: 4001 }, "1 to 4000", "got 4001"),
  bad("idleTimeout", { idleTimeout: 1.5 }, "whole number", "got 1.5"),
  bad("clientKeepAlive", { clientKeepAlive: 59 }, "seconds from 60 to 604800", "got 59"),
  bad("clientKeepAlive", { clientKeepAlive: 604801 }, "60 to 604800", "got 604801"),
  bad("dropInvalidHeaderFields", { dropInvalidHeaderFields: "true" }, "true without quotes"),
  bad(
    "desyncMitigationMode",
    { desyncMitigationMode: "strict" },
    "monitor, defensive, strictest",
    '"strict"',
  ),
  bad(
    "xffHeaderProcessingMode",
    { xffHeaderProcessingMode: "drop" },
    "append, preserve, remove",
    '"drop"',
  ),
  bad("xffClientPort", { xffClientPort: 1 }, "true or false", "got 1"),
  bad(
    "xffClientPort",
    { xffClientPort: true, xffHeaderProcessingMode: "preserve" },
    "append only",
    "leave it out",
  ),
  bad("xffClientPort", { xffClientPort: true, xffHeaderProcessingMode: "remove" }, "append only"),
  bad("preserveHostHeader", { preserveHostHeader: 1 }, "true or false"),
  bad(
    "tlsVersionAndCipherSuiteHeaders",
    { tlsVersionAndCipherSuiteHeaders: null },
    "true or false",
    "got null",
  ),
  bad("wafFailOpen", { wafFailOpen: "no" }, "true or false"),
  bad("zonalShift", { zonalShift: {} }, "true or false"),
  bad("http2", { http2: 2 }, "true or false", "got 2"),
  bad("webAclArn", { webAclArn: "web" }, "regional web ACL", '"web"', "copy it"),
  bad(
    "webAclArn",
    { webAclArn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/web/one" },
    "regional",
    "CloudFront",
  ),
  bad(
    "webAclArn",
    { webAclArn: "arn:aws:waf-regional:us-west-2:123456789012:webacl/one" },
    "WAF Classic",
  ),
  bad(
    "webAclArn",
    { webAclArn: WEB_ACL.replace("us-west-2", "eu-west-1") },
    "region us-west-2",
    'one in "eu-west-1"',
    "make it in us-west-2",
  ),
  bad("ipAddressType", { ipAddressType: "ipv6" }, "ipv4, dualstack", '"ipv6"'),
  bad("ipAddressType", { ipAddressType: pulumi.output("ipv4") }, "plain value"),
  bad(
    "ipAddressType",
    { ipAddressType: "dualstack-without-public-ipv4", internal: true },
    "faces the internet",
    "leave internal out",
  ),
  bad("ingressCidrBlocks[0]", { ingressCidrBlocks: ["::/0"] }, "IPv6", "set ipAddressType"),
  ...["::/129", "2001:db8::/032", "fe80::1%eth0/64", "2001:db8::"].map((cidr) =>
    bad("ingressCidrBlocks[0]", { ...dualstack, ingressCidrBlocks: [cidr] }, "CIDR", cidr),
  ),
  bad(
    "ingressCidrBlocks[0]",
    { ...dualstack, ingressCidrBlocks: ["2001:0DB8::1/32"] },
    'write "2001:db8::/32"',
  ),
  bad("accessLogs", { accessLogs: "logs" }, "an object", '"logs"', "{ bucket, prefix, enabled }"),
  bad("connectionLogs", { connectionLogs: [] }, "an object", "got []"),
  bad("healthCheckLogs.enabled", { healthCheckLogs: { enabled: 1 } }, "true or false", "got 1"),
  bad("logExpirationDays", { accessLogs: {}, logExpirationDays: 0 }, "days from 1 to", "got 0"),
  bad("logExpirationDays", { accessLogs: {}, logExpirationDays: 2 ** 31 }, "2147483647"),
  bad("logExpirationDays", { logExpirationDays: 30 }, "name no bucket", "leave it out"),
  bad(
    "logExpirationDays",
    { accessLogs: { bucket: "logs" }, logExpirationDays: 30 },
    "name no bucket",
  ),
  bad("accessLogs.bucket", { accessLogs: { bucket: "s3://logs" } }, '"s3://logs"', "not its ARN"),
  bad("accessLogs.bucket", { accessLogs: { bucket: "ab" } }, "3 to 63"),
  bad("accessLogs.bucket", { accessLogs: { bucket: "a".repeat(64) } }, "3 to 63"),
  bad("accessLogs.bucket", { accessLogs: { bucket: "a..b" } }, '"a..b"'),
  bad("accessLogs.prefix", { accessLogs: { bucket: "logs", prefix: "/web" } }, "slash", '"/web"'),
  bad("accessLogs.prefix", { accessLogs: { bucket: "logs", prefix: "AWSLogs/x" } }, "AWSLogs"),
];
