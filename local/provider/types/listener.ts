import { Listener } from "../../aws";
import { during, unlessGone } from "../awsCalls";
import {
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
import { ACTION, actionFaults, actionOf, actionState } from "./actions";
import { createTagged, tagState, updateTags } from "./tagged";

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

  check: (inputs) => [...actionFaults(inputs, "defaultActions"), ...checkCount(inputs)],

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
      calls.elb("ModifyListener", () => elb.modifyListener(id, settingsOf(news, olds))),
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

function settingsOf(inputs: Properties, olds: Properties = {}): Settings {
  const protocol = textOf(inputs, "protocol") === "HTTPS" ? "HTTPS" : "HTTP";
  const settings: Settings = {
    port: given(integerOf(inputs, "port"), "port"),
    protocol,
    defaultAction: actionOf(
      blocksOf(inputs, "defaultActions")[0],
      blocksOf(olds, "defaultActions").at(0),
    ),
  };
  const certificateArn = textOf(inputs, "certificateArn");
  const sslPolicy = textOf(inputs, "sslPolicy");
  return {
    ...settings,
    ...(certificateArn === undefined ? {} : { certificateArn }),
    ...(sslPolicy === undefined ? {} : { sslPolicy }),
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
