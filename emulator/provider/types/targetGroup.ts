import { isDeepStrictEqual } from "node:util";
import { AwsError, type HealthCheck, type TargetGroup } from "../../aws";
import { changedAttributes, fromAttributes, toAttributes } from "../attributes";
import { physicalName } from "../autoname";
import { during, unlessGone } from "../awsCalls";
import { blockOf, flagOf, given, integerOf, textOf } from "../properties";
import { type Aws, type Failure, type ResourceType } from "../resourceType";
import { type Properties } from "../values";
import { arnSuffix } from "../../elb/naming";
import { fromHealthCheck, toHealthCheck } from "./healthCheck";
import { createTagged, tagState, updateTags } from "./tagged";
import {
  FUNCTION_INPUTS,
  SERVER_INPUTS,
  TARGET_GROUP_INPUTS,
  TARGET_GROUP_OUTPUTS,
} from "./targetGroupShape";

export const targetGroup: ResourceType = {
  token: "aws:lb/targetGroup:TargetGroup",
  inputs: TARGET_GROUP_INPUTS,
  outputs: TARGET_GROUP_OUTPUTS,
  longestName: 32,

  check: (inputs) => [...checkRequired(inputs), ...checkStickiness(inputs)],

  async create(inputs, aws) {
    const { elb, calls } = aws;
    const input = creation(inputs);
    const create = createTagged(
      aws,
      inputs,
      () => {
        refuseDisabledCheck(inputs);
        return elb.createTargetGroup(input);
      },
      (group) => group.targetGroupArn,
    );
    const group = await during(
      `creating ELBv2 Target Group (${input.targetGroupName})`,
      calls.elb("CreateTargetGroup", create),
    );
    const id = group.targetGroupArn;
    return { id, finish: () => modifyAttributes(id, {}, inputs, aws) };
  },

  async read(id, _state, aws) {
    const { elb, calls } = aws;
    const group = await unlessGone(
      "TargetGroupNotFound",
      calls.elb("DescribeTargetGroups", () => elb.describeTargetGroup(id)),
    );
    return group && { ...stateOf(group), ...tagState(id, aws) };
  },

  async update(id, olds, news, aws) {
    const { elb, calls } = aws;
    await updateTags(id, olds, news, aws, "elb");
    const current = elb.describeTargetGroup(id);
    const healthCheck = toHealthCheck(blockOf(news, "healthCheck"), current);
    if (!isDeepStrictEqual(healthCheck, current.healthCheck) || isWronglyDisabled(news)) {
      const modify = calls.elb("ModifyTargetGroup", () => {
        refuseDisabledCheck(news);
        return elb.modifyTargetGroup(id, healthCheck);
      });
      await during(`modifying ELBv2 Target Group (${id})`, modify);
    }
    await modifyAttributes(id, olds, news, aws);
  },

  async delete(id, _state, { elb, calls, tags }) {
    const remove = () =>
      calls.elb("DeleteTargetGroup", () => {
        elb.deleteTargetGroup(id);
      });
    await during(
      `deleting ELBv2 Target Group (${id})`,
      unlessGone("TargetGroupNotFound", calls.repeated("ResourceInUse", remove)),
    );
    tags.forget(id);
  },
};

async function modifyAttributes(
  id: string,
  olds: Properties,
  news: Properties,
  { elb, calls }: Aws,
): Promise<void> {
  const changes = changedAttributes(attributesOf(olds), attributesOf(news));
  if (Object.keys(changes).length > 0) {
    await during(
      `modifying ELBv2 Target Group (${id}) attributes`,
      calls.elb("ModifyTargetGroupAttributes", () => elb.modifyTargetGroupAttributes(id, changes)),
    );
  }
}

function creation(inputs: Properties): Omit<TargetGroup, "targetGroupArn"> {
  const target = {
    targetGroupName: physicalName(inputs),
    protocol: textOf(inputs, "protocol") === "HTTPS" ? "HTTPS" : "HTTP",
    protocolVersion: protocolVersionOf(inputs),
    ...placeOf(inputs),
  } as const;
  const healthCheck: HealthCheck = toHealthCheck(blockOf(inputs, "healthCheck"), target);
  return { ...target, healthCheck, attributes: {} };
}

/** The real provider sends none of it for a function. */
function placeOf(
  inputs: Properties,
): Pick<TargetGroup, "targetType" | "ipAddressType" | "port" | "targetControlPort" | "vpcId"> {
  const targetType = textOf(inputs, "targetType");
  if (targetType === "lambda") {
    return { targetType, port: 0, vpcId: "" };
  }
  return {
    targetType: targetType === "ip" ? "ip" : "instance",
    ipAddressType: textOf(inputs, "ipAddressType") === "ipv6" ? "ipv6" : "ipv4",
    port: given(integerOf(inputs, "port"), "port"),
    targetControlPort: integerOf(inputs, "targetControlPort"),
    vpcId: given(textOf(inputs, "vpcId"), "vpcId"),
  };
}

const isFunction = (inputs: Properties) => textOf(inputs, "targetType") === "lambda";

function isWronglyDisabled(inputs: Properties): boolean {
  const healthCheck = blockOf(inputs, "healthCheck");
  return healthCheck !== undefined && !flagOf(healthCheck, "enabled") && !isFunction(inputs);
}

function refuseDisabledCheck(inputs: Properties): void {
  if (isWronglyDisabled(inputs)) {
    const type = textOf(inputs, "targetType") ?? "";
    throw new AwsError(
      "ValidationError",
      `Health check enabled must be true for target groups with target type '${type}'`,
    );
  }
}

function protocolVersionOf(inputs: Properties): TargetGroup["protocolVersion"] {
  const version = textOf(inputs, "protocolVersion");
  return version === "HTTP2" || version === "GRPC" ? version : "HTTP1";
}

function stateOf(group: TargetGroup): Properties {
  return {
    arn: group.targetGroupArn,
    arnSuffix: arnSuffix(group.targetGroupArn),
    name: group.targetGroupName,
    targetType: group.targetType,
    ...(group.targetType === "lambda" ? {} : networkState(group)),
    ...fromAttributes(TARGET_GROUP_INPUTS, group.attributes),
    ...stickinessState(group),
    healthCheck: fromHealthCheck(group.healthCheck),
  };
}

function networkState(group: TargetGroup): Properties {
  const { port, targetControlPort, protocol, protocolVersion, vpcId } = group;
  const { ipAddressType = "ipv4" } = group;
  const ofServers = { ipAddressType, lambdaMultiValueHeadersEnabled: false };
  return { port, targetControlPort, protocol, protocolVersion, vpcId, ...ofServers };
}

function attributesOf(properties: Properties): Record<string, string> {
  if (isFunction(properties)) {
    return toAttributes(FUNCTION_INPUTS, properties);
  }
  const attributes = toAttributes(SERVER_INPUTS, properties);
  const stickiness = blockOf(properties, "stickiness");
  const duration = stickiness && integerOf(stickiness, "cookieDuration");
  if (stickiness === undefined || duration === undefined) {
    return attributes;
  }
  return { ...attributes, [durationKey(textOf(stickiness, "type"))]: String(duration) };
}

function stickinessState({ attributes }: TargetGroup): Properties {
  const { stickiness } = fromAttributes({ stickiness: TARGET_GROUP_INPUTS.stickiness }, attributes);
  const block = blockOf({ stickiness }, "stickiness");
  if (block === undefined) return {};
  const type = textOf(block, "type");
  const { cookieName, ...common } = block;
  return {
    stickiness: {
      ...common,
      cookieDuration: Number(attributes[durationKey(type)]),
      ...(type === "app_cookie" ? { cookieName } : {}),
    },
  };
}

/** Both kinds of cookie have a duration, each under a key of its own. */
function durationKey(type: string | undefined): string {
  return `stickiness.${type ?? "lb_cookie"}.duration_seconds`;
}

function checkRequired(inputs: Properties): Failure[] {
  if (isFunction(inputs)) {
    return [];
  }
  return ["port", "protocol", "vpcId"]
    .filter((property) => inputs[property] === undefined)
    .map((property) => ({
      property,
      reason: `Attribute "${property}" must be specified when "targetType" is "${textOf(inputs, "targetType") ?? ""}".`,
    }));
}

function checkStickiness(inputs: Properties): Failure[] {
  const stickiness = blockOf(inputs, "stickiness");
  return stickiness?.type === "app_cookie" && stickiness.cookieName === undefined
    ? [
        {
          property: "stickiness.cookieName",
          reason:
            'Attribute "stickiness.cookieName" must be specified when the type is "app_cookie".',
        },
      ]
    : [];
}
