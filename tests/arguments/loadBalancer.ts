import { WEB_ACL } from "../support/exampleArgs";
import { api } from "./limits";
import { bad, maps, type ArgumentTable } from "./table";

/** The load balancer's own settings. */
export const LOAD_BALANCER: ArgumentTable = {
  good: [
    ["headers of any name", { dropInvalidHeaderFields: false }],
    ["the strictest desync mode", { desyncMitigationMode: "strictest" }],
    ["the client's port in the mode by default", { xffClientPort: true }],
    [
      "the client's port in the mode append",
      { xffClientPort: true, xffHeaderProcessingMode: "append" },
    ],
    [
      "no client's port in another mode",
      { xffClientPort: false, xffHeaderProcessingMode: "remove" },
    ],
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
  ],
  bad: [
    bad(
      "xffClientPort",
      "conflict",
      { xffClientPort: true, xffHeaderProcessingMode: "preserve" },
      "append, because",
      "remove it",
    ),
    bad(
      "xffClientPort",
      "conflict",
      { xffClientPort: true, xffHeaderProcessingMode: "remove" },
      "append, because",
    ),
    bad(
      "webAclArn",
      "format",
      { webAclArn: "web" },
      "regional AWS WAF web ACL",
      '"web"',
      "copy the ARN",
    ),
    bad(
      "webAclArn",
      "format",
      { webAclArn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/web/one" },
      "regional",
      "CloudFront",
    ),
    bad(
      "webAclArn",
      "format",
      { webAclArn: "arn:aws:waf-regional:us-west-2:123456789012:webacl/one" },
      "WAF Classic",
    ),
    bad(
      "webAclArn",
      "region",
      { webAclArn: WEB_ACL.replace("us-west-2", "eu-west-1") },
      "region us-west-2",
      'got "arn:aws:wafv2:eu-west-1:',
      "create one in us-west-2",
    ),
  ],
  mappings: [
    maps("idleTimeout", 30, "web-alb idleTimeout"),
    maps("clientKeepAlive", 120, "web-alb clientKeepAlive"),
    maps("minimumCapacityUnits", 100, "web-alb minimumLoadBalancerCapacity.capacityUnits"),
    maps("dropInvalidHeaderFields", false, "web-alb dropInvalidHeaderFields"),
    maps("desyncMitigationMode", "strictest", "web-alb desyncMitigationMode"),
    maps("xffHeaderProcessingMode", "remove", "web-alb xffHeaderProcessingMode"),
    maps("xffClientPort", true, "web-alb enableXffClientPort"),
    maps("preserveHostHeader", true, "web-alb preserveHostHeader"),
    maps("tlsVersionAndCipherSuiteHeaders", true, "web-alb enableTlsVersionAndCipherSuiteHeaders"),
    maps("wafFailOpen", true, "web-alb enableWafFailOpen"),
    maps("zonalShift", true, "web-alb enableZonalShift"),
    maps("http2", false, "web-alb enableHttp2"),
    maps("deletionProtection", true, "web-alb enableDeletionProtection"),
    maps("webAclArn", WEB_ACL, "web-waf-public webAclArn"),
  ],
  limits: [
    {
      emulator: ["loadBalancer.loadBalancerType"],
      source: { model: "CreateLoadBalancerInput.Type", except: ["network", "gateway"] },
    },
    {
      args: ["idleTimeout"],
      attributes: ["loadBalancer idle_timeout.timeout_seconds"],
      source: { documented: { min: 1, max: 4000 }, page: api("LoadBalancerAttribute") },
    },
    {
      args: ["clientKeepAlive"],
      attributes: ["loadBalancer client_keep_alive.seconds"],
      source: { documented: { min: 60, max: 604_800 }, page: api("LoadBalancerAttribute") },
    },
    {
      args: ["minimumCapacityUnits"],
      source: {
        own: { min: 100, max: 2 ** 31 - 1 },
        because: "AWS reserves 100 units or more, and raises its quota for them on request",
      },
    },
    {
      args: ["desyncMitigationMode"],
      emulator: ["loadBalancer.desyncMitigationMode"],
      attributes: ["loadBalancer routing.http.desync_mitigation_mode"],
      source: {
        documented: { values: ["monitor", "defensive", "strictest"] },
        page: api("LoadBalancerAttribute"),
      },
    },
    {
      args: ["xffHeaderProcessingMode"],
      emulator: ["loadBalancer.xffHeaderProcessingMode"],
      attributes: ["loadBalancer routing.http.xff_header_processing.mode"],
      source: {
        documented: { values: ["append", "preserve", "remove"] },
        page: api("LoadBalancerAttribute"),
      },
    },
    {
      attributes: ["loadBalancer load_balancing.cross_zone.enabled"],
      source: { documented: { values: ["true"] }, page: api("LoadBalancerAttribute") },
    },
  ],
};
