import { TargetType } from "../../args";
import * as checks from "../../checks";

/** The ARN of a Lambda function, with or without a version or an alias. */
const FUNCTION = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:(\$LATEST|[\w-]+))?$/;

/** An ARN from an output is accepted as it is, because it comes from a resource. */
export const functionArn: checks.Check = {
  accepts: { kind: "text" },
  visit(value, at) {
    const right =
      typeof value === "string" && (at.isFromOutput ? value !== "" : FUNCTION.test(value));
    if (!right) {
      at.report(
        "format",
        "must be the ARN of a Lambda function, because the target type is lambda",
        value,
        'use "arn:aws:lambda:<region>:<account>:function:<name>", with or without ":<alias>" at the end',
      );
    }
    return value;
  },
};

const NOT_FOR_FUNCTIONS = [
  "port",
  "protocol",
  "protocolVersion",
  "ipAddressType",
  "deregistrationDelay",
  "slowStart",
  "targetControlPort",
  "loadBalancingAlgorithmType",
  "loadBalancingAnomalyMitigation",
  "loadBalancingCrossZone",
  "targetGroupHealth",
  "stickiness",
];

export const functionSettings: checks.Relation = {
  properties: [...NOT_FOR_FUNCTIONS, "lambdaMultiValueHeaders"],
  check(settings, at) {
    if (settings.targetType !== TargetType.Lambda) {
      const { lambdaMultiValueHeaders = false } = settings;
      if (lambdaMultiValueHeaders === false) return;
      at.key("lambdaMultiValueHeaders").reportRemoval(
        "conflict",
        "needs the targetType lambda; remove it, or set targetType to lambda",
      );
      return;
    }
    for (const key of NOT_FOR_FUNCTIONS) {
      if (settings[key] === undefined) continue;
      at.key(key).reportRemoval("conflict", "does not apply to Lambda functions; remove it");
    }
  },
};

/** A Lambda function has no port, and its only zone is "all". */
export const functionTarget: checks.Relation = {
  properties: [],
  check({ port, availabilityZone }, at) {
    if (port !== undefined) {
      at.key("port").reportRemoval("conflict", "does not apply to Lambda functions; remove it");
    }
    if (availabilityZone !== undefined && availabilityZone !== "all") {
      at.key("availabilityZone").reportRemoval(
        "conflict",
        `must be "all" for a Lambda function, got ${at.formatted(availabilityZone)}; write "all", or remove it`,
      );
    }
  },
};

export const oneFunction: checks.Relation = {
  properties: [],
  check({ targets }, at) {
    const second = checks.entriesOf(targets).at(1);
    if (second === undefined) return;
    at.key("targets")
      .key(second[0])
      .reportRemoval(
        "too-many",
        "is one too many: a target group can have only one Lambda function; put it into another target group in targetGroups",
      );
  },
};
