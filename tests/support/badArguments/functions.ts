import { bad, type BadArguments } from "./bad";

const FUNCTION = "arn:aws:lambda:us-west-2:123456789012:function:api";
const ofFunction = (path: string, targetGroup: object, ...says: string[]) =>
  bad(`targetGroup.${path}`, { targetGroup: { targetType: "lambda", ...targetGroup } }, ...says);
const inTarget = (path: string, target: object, ...says: string[]) =>
  bad(path, { targetGroup: { targetType: "lambda" }, targets: { a: target } }, ...says);

/** Of Lambda functions, and of what is no target of an application load balancer. */
export const FUNCTIONS: BadArguments[] = [
  bad("targetGroup.targetType", { targetGroup: { targetType: "alb" } }, '"alb"', "Network Load"),
  ofFunction("port", { port: 81 }, "not for a Lambda function", "leave it out"),
  ofFunction("protocol", { protocol: "HTTPS" }, "not for a Lambda function"),
  ofFunction("deregistrationDelay", { deregistrationDelay: 0 }, "not for a Lambda function"),
  ofFunction("slowStart", { slowStart: 30 }, "not for a Lambda function"),
  ofFunction(
    "loadBalancingAlgorithmType",
    { loadBalancingAlgorithmType: "least_outstanding_requests" },
    "not for a Lambda function",
  ),
  ofFunction(
    "loadBalancingAnomalyMitigation",
    { loadBalancingAnomalyMitigation: "off" },
    "not for",
  ),
  ofFunction("loadBalancingCrossZone", { loadBalancingCrossZone: "false" }, "not for"),
  ofFunction("targetGroupHealth", { targetGroupHealth: {} }, "not for a Lambda function"),
  ofFunction("stickiness", { stickiness: {} }, "not for a Lambda function"),
  ofFunction("healthCheck.port", { healthCheck: { port: 80 } }, "not for a Lambda function"),
  ofFunction("healthCheck.protocol", { healthCheck: { protocol: "HTTP" } }, "not for a Lambda"),
  ofFunction("healthCheck.timeout", { healthCheck: { interval: 30 } }, "interval of 30", "got 30"),
  ofFunction("healthCheck.timeout", { healthCheck: { timeout: 35 } }, "interval of 35", "got 35"),
  bad(
    "targetGroup.lambdaMultiValueHeaders",
    { targetGroup: { lambdaMultiValueHeaders: true } },
    "target type lambda",
    "leave it out",
  ),
  inTarget("targets.a.id", { id: "api" }, "ARN of a Lambda function", 'got "api"', "alias"),
  inTarget("targets.a.id", { id: `${FUNCTION}:live:2` }, "ARN of a Lambda function"),
  inTarget("targets.a.port", { id: FUNCTION, port: 80 }, "not for a Lambda function"),
  inTarget("targets.a.availabilityZone", { id: FUNCTION, availabilityZone: "all" }, "not for"),
  bad(
    "targets.b",
    {
      targetGroup: { targetType: "lambda" },
      targets: { a: { id: FUNCTION }, b: { id: `${FUNCTION}-2` } },
    },
    "one too many",
    "targetGroups",
  ),
  bad(
    "instanceIds",
    { targetGroup: { targetType: "lambda" }, instanceIds: ["i-1"] },
    "target type instance",
    "function's ARN",
  ),
  bad(
    "autoScalingGroupNames",
    { targetGroup: { targetType: "lambda" }, autoScalingGroupNames: { a: "web" } },
    "target type instance",
  ),
];
