import * as pulumi from "@pulumi/pulumi";
import { CERTIFICATE } from "../groups";
import { ADDRESSES } from "./addresses";
import { ADOPTION } from "./adoption";
import { AUTO_SCALING } from "./autoScaling";
import { FUNCTIONS } from "./functions";
import { BALANCING } from "./balancing";
import { LOAD_BALANCER } from "./loadBalancer";
import { ALARMS } from "./alarms";
import { LISTENER_RULES } from "./listenerRules";
import { BY_KEY } from "./targetGroups";
import { HTTPS } from "./https";
import { MUTUAL_AUTHENTICATION } from "./mutualAuthentication";

const certificateArn = CERTIFICATE;
const healthCheck = (check: object) => ({ targetGroup: { healthCheck: check } });
const targetGroup = (group: object) => ({ targetGroup: group });
const zones = (...availabilityZones: string[]) => ({ availabilityZones });
const subnets = (subnetIds: unknown) => ({ availabilityZones: undefined, subnetIds });
const wide = (count: number) => "\u{20000}".repeat(count);

/** Arguments that are right, most of them at a rule's limit: what they show, and what they add. */
export const GOOD_ARGUMENTS: readonly (readonly [string, object])[] = [
  ["nothing but zones", {}],
  ["undefined for anything optional", { port: undefined, tags: undefined, targetGroup: undefined }],
  ["three zones", zones("us-west-2a", "us-west-2b", "us-west-2c")],
  ["zones of GovCloud", zones("us-gov-west-1a", "us-gov-west-1b")],
  ["zones of the European Sovereign Emulator", zones("eusc-de-east-1a", "eusc-de-east-1b")],
  ["local zones", zones("us-west-2-lax-1a", "us-west-2-lax-1b")],
  ["two subnets", subnets(["subnet-1", "subnet-2"])],
  ["subnets that are outputs", subnets([pulumi.output("subnet-1"), pulumi.output("subnet-2")])],
  ["a list of subnets that is an output", subnets(pulumi.output(["subnet-1", "subnet-2"]))],
  ["a VPC", { vpcId: "vpc-0a1b2c3d4e5f60001" }],
  ["internal", { internal: true }],
  ["no instances", { instanceIds: [] }],
  ["an old, short instance id", { instanceIds: ["i-1a2b3c4d"] }],
  ["no targets", { targets: {} }],
  ["one instance on two ports", { targets: { a: { id: "i-1" }, b: { id: "i-1", port: 81 } } }],
  [
    "a target on a port of its own",
    { instanceIds: ["i-1"], targets: { a: { id: "i-1", port: 81 } } },
  ],
  ["the highest port for a target", { targets: { a: { id: "i-1", port: 65535 } } }],
  ["five security groups", { securityGroupIds: ["sg-1", "sg-2", "sg-3", "sg-4", "sg-5"] }],
  ["networks", { ingressCidrBlocks: ["0.0.0.0/0", "10.0.0.0/8", "192.0.2.1/32"] }],
  ["no network", { ingressCidrBlocks: [] }],
  ["targets' security groups", { targetSecurityGroupIds: ["sg-1", "sg-2"] }],
  ["the lowest port", { port: 1 }],
  ["the highest port", { port: 65535 }],
  ["443 without a certificate", { port: 443 }],
  ["a certificate in ACM", { certificateArn }],
  ["a certificate in IAM", { certificateArn: "arn:aws:iam::123456789012:server-certificate/a/b" }],
  [
    "a certificate in China",
    {
      ...zones("cn-north-1a", "cn-north-1b"),
      certificateArn: "arn:aws-cn:acm:cn-north-1:123456789012:certificate/one",
    },
  ],
  ["a certificate beside subnets", { ...subnets(["subnet-1", "subnet-2"]), certificateArn }],
  ...HTTPS,
  ...MUTUAL_AUTHENTICATION,
  ...LOAD_BALANCER,
  ["50 tags", { tags: Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, ""])) }],
  ["the longest tag", { tags: { ["k".repeat(128)]: "v".repeat(256) } }],
  ["the longest tag of a rare alphabet", { tags: { [wide(128)]: wide(256) } }],
  ["a tag of all characters", { tags: { "Größe +-=._:/@": "日本 1" } }],
  ["a tag that only starts like AWS's", { tags: { awsome: "yes" } }],
  ["each way to check", { preflight: "warn" }],
  ["no check", { preflight: "off" }],
  ["the lowest numbers", targetGroup({ port: 1, deregistrationDelay: 0, slowStart: 0 })],
  ["the highest numbers", targetGroup({ port: 65535, deregistrationDelay: 3600, slowStart: 900 })],
  ["the least slow start", targetGroup({ slowStart: 30 })],
  ["no slow start, for another algorithm", targetGroup({ slowStart: 0, ...random() })],
  ["HTTPS to targets", targetGroup({ protocol: "HTTPS" })],
  ["HTTP2 behind HTTPS", { certificateArn, ...targetGroup({ protocolVersion: "HTTP2" }) }],
  ["the load balancer's cookie", targetGroup({ stickiness: { cookieDuration: 1 } })],
  ["a week of stickiness", targetGroup({ stickiness: { cookieDuration: 604800 } })],
  [
    "the application's cookie",
    targetGroup({ stickiness: { type: "app_cookie", cookieName: "session" } }),
  ],
  [
    "stickiness with the fewest requests",
    targetGroup({ stickiness: {}, loadBalancingAlgorithmType: "least_outstanding_requests" }),
  ],
  ["the shortest interval", healthCheck({ interval: 5, timeout: 4 })],
  ["the longest interval", healthCheck({ interval: 300, timeout: 120 })],
  ["the lowest thresholds", healthCheck({ healthyThreshold: 2, unhealthyThreshold: 2 })],
  ["the highest thresholds", healthCheck({ healthyThreshold: 10, unhealthyThreshold: 10 })],
  ["the longest path", healthCheck({ path: `/${"x".repeat(1023)}` })],
  ["a path with a query", healthCheck({ path: "/health?deep=1" })],
  ["a port of its own", healthCheck({ port: 65535 })],
  ["the lowest code", healthCheck({ matcher: "200" })],
  ["a list of codes", healthCheck({ matcher: "200,202,499" })],
  ["a range of codes", healthCheck({ matcher: "200-499" })],
  ...BY_KEY,
  ...LISTENER_RULES,
  ...ADOPTION,
  [
    "gRPC",
    {
      certificateArn,
      ...targetGroup({
        protocolVersion: "GRPC",
        healthCheck: { path: "/grpc.health.v1.Health/Check", matcher: "0-99" },
      }),
    },
  ],
  ...ADDRESSES,
  ...ALARMS,
  ...AUTO_SCALING,
  ...BALANCING,
  ...FUNCTIONS,
];

function random() {
  return { loadBalancingAlgorithmType: "weighted_random" };
}
