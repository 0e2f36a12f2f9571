import * as pulumi from "@pulumi/pulumi";
import { CERTIFICATE } from "../groups";
import { ADDRESSES } from "./addresses";
import { ADOPTION } from "./adoption";
import { ALARMS } from "./alarms";
import { bad, type BadArguments } from "./bad";
import { AUTO_SCALING } from "./autoScaling";
import { FUNCTIONS } from "./functions";
import { BALANCING } from "./balancing";
import { HTTPS } from "./https";
import { LOAD_BALANCER } from "./loadBalancer";
import { LISTENER_RULES, LOGINS_AND_DEFAULTS } from "./listenerRules";
import { MUTUAL_AUTHENTICATION } from "./mutualAuthentication";
import { BY_KEY } from "./targetGroups";

const many = (count: number, item: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => item(index));
const inTargetGroup = (path: string, targetGroup: object, ...says: string[]) =>
  bad(`targetGroup.${path}`, { targetGroup }, ...says);
const inHealthCheck = (path: string, healthCheck: object, ...says: string[]) =>
  inTargetGroup(`healthCheck.${path}`, { healthCheck }, ...says);
const noZones = { availabilityZones: undefined };

/** What people write who know another tool. */
const OF_OTHER_TOOLS: BadArguments[] = [
  bad("name", { name: "web" }, "is not an argument here", "the first parameter"),
  bad("scheme", { scheme: "internal" }, "internal: true"),
  bad("enableHttp2", { enableHttp2: true }, "write http2 instead"),
  bad("securityGroups", { securityGroups: ["sg-1"] }, "write securityGroupIds instead"),
  bad("healthCheck", { healthCheck: { path: "/" } }, "write targetGroup: { healthCheck } instead"),
  inTargetGroup("vpcId", { vpcId: "vpc-1" }, "beside targetGroup"),
  inHealthCheck("port", { port: "traffic-port" }, "leave it out for the same port"),
  bad(
    "defaultAction.redirect.port",
    { defaultAction: { redirect: { port: "#{port}", statusCode: "HTTP_301" } } },
    "leave it out",
  ),
  bad("ingressCidrBlocks[0]", { ingressCidrBlocks: ["pl-1"] }, "pass it in securityGroupIds"),
  bad("ingressCidrBlocks[0]", { ingressCidrBlocks: ["sg-1"] }, "pass it in securityGroupIds"),
  bad("domain.zoneId", { domain: { name: "www.example.com" } }, "certificateArn instead of domain"),
];

const PLACES: BadArguments[] = [
  bad("availabilityZones", noZones, "is required", "at least 2 zones"),
  bad("availabilityZones", { availabilityZones: [] }, "at least 2", "got []"),
  bad("availabilityZones", { availabilityZones: ["us-west-2a"] }, "at least 2", '["us-west-2a"]'),
  bad(
    "availabilityZones",
    { availabilityZones: "us-west-2a" },
    "a list",
    '"us-west-2a"',
    "bracket",
  ),
  bad("availabilityZones", { availabilityZones: null }, "a list", "got null"),
  bad("availabilityZones", { availabilityZones: { a: "us-west-2a" } }, "a list", "got an object"),
  bad("availabilityZones[0]", { availabilityZones: ["us-west-2", "us-west-2b"] }, '"us-west-2"'),
  bad("availabilityZones[1]", { availabilityZones: ["us-west-2b", 7] }, "got 7", "us-west-2a"),
  bad("availabilityZones[1]", { availabilityZones: ["us-west-2a", "us-west-2a"] }, "not repeat"),
  bad(
    "availabilityZones",
    { availabilityZones: ["us-west-2a", "us-east-1b"] },
    "us-west-2 and us-",
  ),
  bad(
    "availabilityZones",
    { availabilityZones: pulumi.output(["us-west-2a"]) },
    "plain",
    "subnetIds",
  ),
  bad(
    "subnetIds",
    { subnetIds: ["subnet-1", "subnet-2"] },
    "not go with availabilityZones",
    "leave",
  ),
  bad("subnetIds", { ...noZones, subnetIds: ["subnet-1"] }, "at least 2", '["subnet-1"]'),
  bad("subnetIds[0]", { ...noZones, subnetIds: ["vpc-1", "subnet-2"] }, '"vpc-1"', "subnet-..."),
  bad("subnetIds[1]", { ...noZones, subnetIds: ["subnet-1", "subnet-1"] }, "repeat subnetIds[0]"),
  bad("subnetIds[1]", { ...noZones, subnetIds: ["subnet-1", undefined] }, "got undefined"),
  bad("vpcId", { vpcId: "subnet-1" }, '"subnet-1"', "vpc-...", "pass the id"),
  bad("vpcId", { vpcId: "arn:aws:ec2:us-west-2:123456789012:vpc/vpc-1" }, "not a name, an ARN"),
  bad("internal", { internal: "true" }, "true or false", '"true"', "write true without quotes"),
  bad("internal", { internal: 1 }, "true or false", "got 1"),
  bad("internal", { internal: pulumi.output(true) }, "plain value", "got an output"),
];

const SERVERS: BadArguments[] = [
  bad("instanceIds", { instanceIds: "i-1" }, "a list", '"i-1"'),
  bad("instanceIds[0]", { instanceIds: ["web-1"] }, "i-...", '"web-1"', "pass the id"),
  bad("instanceIds[0]", { instanceIds: [""] }, "i-...", '""'),
  bad("instanceIds[2]", { instanceIds: ["i-1", "i-2", "i-1"] }, "repeat instanceIds[0]", '"i-1"'),
  bad("instanceIds[0]", { instanceIds: [pulumi.output("i-1")] }, "plain value", "use targets"),
  bad("instanceIds", { instanceIds: pulumi.output(["i-1"]) }, "plain value", "targets"),
  bad("instanceIds", { targetGroup: { targetType: "ip" }, instanceIds: ["i-1"] }, "type instance"),
  bad("targets", { targets: ["i-1"] }, "an object of targets", "{ key: value }"),
  bad("targets", { targets: pulumi.output({}) }, "plain value", "only the ids"),
  bad("targets.a", { targets: { a: "i-1" } }, "an object", '"i-1"', "{ id, port"),
  bad(
    "targets.a",
    { targets: { a: pulumi.output({ id: "i-1" }) } },
    "plain value",
    "pass an object",
  ),
  bad("targets.a.id", { targets: { a: {} } }, "is required", "give it a value"),
  bad("targets.a.id", { targets: { a: { id: "10.0.0.1" } } }, "i-...", '"10.0.0.1"'),
  bad("targets.a.port", { targets: { a: { id: "i-1", port: 0 } } }, "1 to 65535", "got 0"),
  bad("targets.a.port", { targets: { a: { id: "i-1", port: pulumi.output(1) } } }, "plain"),
  bad('targets[" "]', { targets: { " ": { id: "i-1" } } }, "key that is not empty"),
  bad(
    'targets["i-1"]',
    { instanceIds: ["i-1"], targets: { "i-1": { id: "i-2" } } },
    "key of one of",
  ),
  bad(
    "targets.a",
    { instanceIds: ["i-1"], targets: { a: { id: "i-1" } } },
    "i-1",
    "as instanceIds",
  ),
  bad("targets.a", { instanceIds: ["i-1"], targets: { a: { id: "i-1", port: 80 } } }, "same port"),
  bad(
    "targets.b",
    { targets: { a: { id: "i-1" }, b: { id: "i-1" } } },
    "as targets.a",
    "leave one",
  ),
  bad(
    "targets.a.availabilityZone",
    { targets: { a: { id: "i-1", availabilityZone: "all" } } },
    "not for",
  ),
  bad(
    "targets.a.weight",
    { targets: { a: { id: "i-1", weight: 1 } } },
    "not an argument",
    "id, port",
  ),
];

const ACCESS: BadArguments[] = [
  bad("securityGroupIds", { securityGroupIds: [] }, "1 to 5", "got []"),
  bad("securityGroupIds[5]", { securityGroupIds: many(6, (n) => `sg-${n}`) }, "at most 5", "leave"),
  bad("securityGroupIds[0]", { securityGroupIds: ["web"] }, "sg-...", '"web"'),
  bad(
    "ingressCidrBlocks[0]",
    { ingressCidrBlocks: ["10.0.0.0"] },
    "CIDR",
    '"10.0.0.0"',
    "10.0.0.0/16",
  ),
  bad(
    "ingressCidrBlocks[0]",
    { ingressCidrBlocks: ["10.0.0.1/8"] },
    "prefix",
    'write "10.0.0.0/8"',
  ),
  bad("ingressCidrBlocks[0]", { ingressCidrBlocks: ["10.0.0.0/33"] }, "CIDR"),
  bad("ingressCidrBlocks[0]", { ingressCidrBlocks: [pulumi.output("10.0.0.0/8")] }, "plain value"),
  bad(
    "ingressCidrBlocks",
    { securityGroupIds: ["sg-1"], ingressCidrBlocks: ["10.0.0.0/8"] },
    "not with securityGroupIds",
  ),
  bad("targetSecurityGroupIds[0]", { targetSecurityGroupIds: ["web"] }, "sg-...", '"web"'),
  bad(
    "targetSecurityGroupIds",
    { targetSecurityGroupIds: pulumi.output(["sg-1"]) },
    "plain",
    "aws.vpc.SecurityGroupIngressRule",
  ),
  bad("port", { port: 0 }, "1 to 65535", "got 0", "choose one"),
  bad("port", { port: 65536 }, "1 to 65535", "got 65536"),
  bad("port", { port: 80.5 }, "whole number", "got 80.5"),
  bad("port", { port: NaN }, "whole number", "got NaN"),
  bad("port", { port: "80" }, '"80"', "write 80 without quotes"),
  bad("tags", { tags: ["a"] }, "an object of tags", '["a"]'),
  bad(
    "tags",
    { tags: Object.fromEntries(many(51, String).map((k) => [`k${k}`, ""])) },
    "at most 50",
    "51",
  ),
  bad("tags.a", { tags: { a: 1 } }, "a string", "got 1"),
  bad("tags.a", { tags: { a: "x".repeat(257) } }, "at most 256"),
  bad("tags.a", { tags: { a: "what?" } }, '"what?"', "shorten it"),
  bad('tags["aws:a"]', { tags: { "aws:a": "b" } }, 'start with "aws:"', "another key"),
  bad('tags[""]', { tags: { "": "b" } }, "1 to 128"),
  bad(`tags.${"k".repeat(129)}`, { tags: { ["k".repeat(129)]: "b" } }, "1 to 128"),
  bad("preflight", { preflight: "no" }, "enforce, warn, off", '"no"'),
  bad("instanceId", { instanceId: "i-1" }, "not an argument", "did you mean instanceIds?"),
  bad("colour", { colour: "red" }, "not an argument", "the known ones are"),
];

const TARGET_GROUPS: BadArguments[] = [
  bad("targetGroup", { targetGroup: [] }, "an object", "got []"),
  bad("targetGroup", { targetGroup: pulumi.output({}) }, "plain value", "pass an object"),
  inTargetGroup("port", { port: 65536 }, "1 to 65535", "got 65536"),
  inTargetGroup("port", { port: -1 }, "1 to 65535", "got -1"),
  inTargetGroup("protocol", { protocol: "TCP" }, "HTTP, HTTPS", '"TCP"'),
  inTargetGroup("protocol", { protocol: "http" }, "spelled as here"),
  inTargetGroup(
    "protocolVersion",
    { protocolVersion: "HTTP2" },
    "HTTPS listener",
    "certificateArn",
  ),
  inTargetGroup("protocolVersion", { protocolVersion: "GRPC" }, "HTTPS listener"),
  inTargetGroup("protocolVersion", { protocolVersion: "2" }, "HTTP1, HTTP2, GRPC", '"2"'),
  inTargetGroup("targetType", { targetType: "host" }, "instance, ip, lambda", '"host"'),
  inTargetGroup("deregistrationDelay", { deregistrationDelay: 3601 }, "0 to 3600", "seconds"),
  inTargetGroup("deregistrationDelay", { deregistrationDelay: -1 }, "0 to 3600"),
  inTargetGroup("slowStart", { slowStart: 29 }, "0 or a whole number", "30 to 900", "got 29"),
  inTargetGroup("slowStart", { slowStart: 901 }, "30 to 900"),
  inTargetGroup(
    "slowStart",
    { slowStart: 30, loadBalancingAlgorithmType: "least_outstanding_requests" },
    "round_robin only",
    "set it to 0",
  ),
  inTargetGroup("loadBalancingAlgorithmType", { loadBalancingAlgorithmType: "random" }, '"random"'),
  inTargetGroup(
    "stickiness",
    { stickiness: {}, loadBalancingAlgorithmType: "weighted_random" },
    "weighted_random",
    "leave it out",
  ),
  inTargetGroup("stickiness.type", { stickiness: { type: "source_ip" } }, "lb_cookie, app_cookie"),
  inTargetGroup("stickiness.cookieDuration", { stickiness: { cookieDuration: 0 } }, "1 to 604800"),
  inTargetGroup("stickiness.cookieDuration", { stickiness: { cookieDuration: 604801 } }, "604801"),
  inTargetGroup("stickiness.cookieName", { stickiness: { type: "app_cookie" } }, "is required"),
  inTargetGroup("stickiness.cookieName", { stickiness: { cookieName: "x" } }, "app_cookie only"),
  inTargetGroup(
    "stickiness.cookieName",
    { stickiness: { type: "app_cookie", cookieName: "AWSALBTG" } },
    "AWSALB",
    '"AWSALBTG"',
  ),
  inTargetGroup("healthCheck", { healthCheck: "/" }, "an object", 'got "/"'),
  inHealthCheck("path", { path: "health" }, 'starts with "/"', '"health"', "without protocol"),
  inHealthCheck("path", { path: "" }, 'starts with "/"'),
  inHealthCheck("path", { path: `/${"x".repeat(1024)}` }, "1 to 1024"),
  inHealthCheck("port", { port: 0 }, "1 to 65535"),
  inHealthCheck("port", { port: "traffic-port" }, '"traffic-port"'),
  inHealthCheck("protocol", { protocol: "TCP" }, "HTTP, HTTPS"),
  inHealthCheck("interval", { interval: 4 }, "5 to 300 seconds".slice(0, 8), "got 4"),
  inHealthCheck("interval", { interval: 301 }, "5 to 300", "got 301"),
  inHealthCheck("timeout", { timeout: 1 }, "2 to 120", "got 1"),
  inHealthCheck("timeout", { timeout: 121, interval: 300 }, "2 to 120", "got 121"),
  inHealthCheck("timeout", { timeout: 5 }, "less than the interval", "5", "lengthen"),
  inHealthCheck("timeout", { timeout: 30, interval: 30 }, "less than the interval", "30"),
  inHealthCheck("healthyThreshold", { healthyThreshold: 1 }, "2 to 10", "got 1"),
  inHealthCheck("healthyThreshold", { healthyThreshold: 11 }, "2 to 10"),
  inHealthCheck("unhealthyThreshold", { unhealthyThreshold: 1 }, "2 to 10"),
  inHealthCheck("unhealthyThreshold", { unhealthyThreshold: 11 }, "2 to 10"),
  inHealthCheck("matcher", { matcher: 200 }, "200 to 499", "got 200"),
  inHealthCheck("matcher", { matcher: "199" }, "200 to 499"),
  inHealthCheck("matcher", { matcher: "500" }, "200 to 499"),
  inHealthCheck("matcher", { matcher: "200, 202" }, "without spaces"),
  inHealthCheck("matcher", { matcher: "299-200" }, "200 to 499"),
  inHealthCheck("matcher", { matcher: "200-" }, "200 to 499"),
  inHealthCheck("enabled", { enabled: false }, "must be true", "only Lambda functions"),
  bad(
    "targetGroup.healthCheck.path",
    {
      certificateArn: CERTIFICATE,
      targetGroup: { protocolVersion: "GRPC", healthCheck: { path: "/" } },
    },
    "/package.service/method",
  ),
  bad(
    "targetGroup.healthCheck.matcher",
    {
      certificateArn: CERTIFICATE,
      targetGroup: { protocolVersion: "GRPC", healthCheck: { matcher: "200" } },
    },
    "0 to 99",
  ),
];

export const BAD_ARGUMENTS = [
  ...OF_OTHER_TOOLS,
  ...PLACES,
  ...SERVERS,
  ...ACCESS,
  ...HTTPS,
  ...MUTUAL_AUTHENTICATION,
  ...LOAD_BALANCER,
  ...TARGET_GROUPS,
  ...BY_KEY,
  ...LISTENER_RULES,
  ...LOGINS_AND_DEFAULTS,
  ...ADOPTION,
  ...ADDRESSES,
  ...ALARMS,
  ...AUTO_SCALING,
  ...BALANCING,
  ...FUNCTIONS,
];
