import { Action, Listener } from "../../aws";
import { during, unlessGone } from "../awsCalls";
import {
  blockOf,
  blocksOf,
  COMPUTED_TAGS,
  given,
  integerOf,
  PORT_RANGE,
  Shape,
  TAGS,
  textOf,
} from "../properties";
import { Failure, ResourceType } from "../resourceType";
import { Properties } from "../values";
import { createTagged, tagState, updateTags } from "./tagged";

const REDIRECT: Shape = {
  statusCode: { kind: "string", required: true, values: ["HTTP_301", "HTTP_302"] },
  protocol: { kind: "string", default: "#{protocol}", values: ["#{protocol}", "HTTP", "HTTPS"] },
  host: { kind: "string", default: "#{host}" },
  port: { kind: "string", default: "#{port}" },
  path: { kind: "string", default: "/#{path}" },
  query: { kind: "string", default: "#{query}" },
};

const ACTION: Shape = {
  type: { kind: "string", required: true, values: ["forward", "redirect"] },
  order: { kind: "integer", computed: true, range: [1, 50000] },
  targetGroupArn: { kind: "string" },
  redirect: { kind: "block", properties: REDIRECT },
};

const INPUTS: Shape = {
  loadBalancerArn: { kind: "string", required: true, forceNew: true },
  port: { kind: "integer", range: PORT_RANGE },
  protocol: { kind: "string", computed: true, values: ["HTTP", "HTTPS"] },
  certificateArn: { kind: "string" },
  sslPolicy: { kind: "string", computed: true },
  defaultActions: { kind: "blocks", required: true, properties: ACTION },
  ...TAGS,
};

export const listener: ResourceType = {
  token: "aws:lb/listener:Listener",
  inputs: INPUTS,
  outputs: { arn: { kind: "string" }, ...COMPUTED_TAGS },

  check: (inputs) =>
    blocksOf(inputs, "defaultActions").flatMap(checkAction).concat(checkCount(inputs)),

  async create(inputs, aws) {
    const { elb, calls } = aws;
    const loadBalancerArn = given(textOf(inputs, "loadBalancerArn"), "loadBalancerArn");
    const create = createTagged(
      aws,
      inputs,
      () => elb.createListener({ loadBalancerArn, ...settingsOf(inputs) }),
      (created) => created.listenerArn,
    );
    const created = await during(
      `creating ELBv2 Listener (${loadBalancerArn})`,
      calls.elb("CreateListener", create),
    );
    return { id: created.listenerArn };
  },

  async read(id, _state, aws) {
    const { elb, calls } = aws;
    const found = await unlessGone(
      "ListenerNotFound",
      calls.elb("DescribeListeners", () => elb.describeListener(id)),
    );
    return found && { ...stateOf(found), ...tagState(id, aws) };
  },

  async update(id, olds, news, aws) {
    const { elb, calls } = aws;
    await updateTags(id, olds, news, aws, "elb");
    await during(
      `modifying ELBv2 Listener (${id})`,
      calls.elb("ModifyListener", () => elb.modifyListener(id, settingsOf(news))),
    );
  },

  async delete(id, _state, { elb, calls, tags }) {
    await during(
      `deleting ELBv2 Listener (${id})`,
      unlessGone(
        "ListenerNotFound",
        calls.elb("DeleteListener", () => elb.deleteListener(id)),
      ),
    );
    tags.forget(id);
  },
};

type Settings = Omit<Listener, "listenerArn" | "loadBalancerArn">;

function settingsOf(inputs: Properties): Settings {
  const protocol = textOf(inputs, "protocol") === "HTTPS" ? "HTTPS" : "HTTP";
  const settings: Settings = {
    port: given(integerOf(inputs, "port"), "port"),
    protocol,
    defaultAction: actionOf(blocksOf(inputs, "defaultActions")[0]),
  };
  const certificateArn = textOf(inputs, "certificateArn");
  const sslPolicy = textOf(inputs, "sslPolicy");
  return {
    ...settings,
    ...(certificateArn === undefined ? {} : { certificateArn }),
    ...(sslPolicy === undefined ? {} : { sslPolicy }),
  };
}

function actionOf(block: Properties): Action {
  const redirect = blockOf(block, "redirect");
  if (redirect === undefined) {
    return {
      type: "forward",
      targetGroupArn: given(textOf(block, "targetGroupArn"), "targetGroupArn"),
    };
  }
  const text = (key: string) => given(textOf(redirect, key), key);
  return {
    type: "redirect",
    protocol: text("protocol"),
    host: text("host"),
    port: text("port"),
    path: text("path"),
    query: text("query"),
    statusCode: text("statusCode") === "HTTP_302" ? "HTTP_302" : "HTTP_301",
  };
}

function stateOf(found: Listener): Properties {
  return {
    arn: found.listenerArn,
    loadBalancerArn: found.loadBalancerArn,
    port: found.port,
    protocol: found.protocol,
    certificateArn: found.certificateArn,
    sslPolicy: found.sslPolicy,
    defaultActions: [actionState(found.defaultAction)],
  };
}

function actionState(action: Action): Properties {
  if (action.type === "forward") {
    return { type: "forward", order: 1, targetGroupArn: action.targetGroupArn };
  }
  const { type, ...redirect } = action;
  return { type, order: 1, redirect };
}

/** Further actions are for authentication only, which is not played. */
function checkCount(inputs: Properties): Failure[] {
  const count = blocksOf(inputs, "defaultActions").length;
  const isList = Array.isArray(inputs.defaultActions);
  return isList && count !== 1
    ? [
        {
          property: "defaultActions",
          reason: `the local cloud plays listeners with one default action, got ${count}`,
        },
      ]
    : [];
}

function checkAction(action: Properties, position: number): Failure[] {
  const { type } = action;
  const property = type === "redirect" ? "redirect" : "targetGroupArn";
  if (typeof type !== "string" || action[property] !== undefined) {
    return [];
  }
  const path = `defaultActions[${position}].${property}`;
  return [
    {
      property: path,
      reason: `Attribute "${path}" must be specified when "defaultActions[${position}].type" is "${type}".`,
    },
  ];
}
