import { Listener } from "../../aws";
import { changedAttributes, fromAttributes, toAttributes } from "../attributes";
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
import { Aws, Failure, ResourceType } from "../resourceType";
import { Properties } from "../values";
import { ACTION, actionFaults, actionOf, actionState } from "./actions";
import { createTagged, tagState, updateTags } from "./tagged";

/** AWS keeps what is left out again, as the real provider does not take it back. */
const header = (name: string) =>
  ({
    kind: "string",
    computed: true,
    attribute: `routing.http.response.${name}.header_value`,
  }) as const;

const RESPONSE_HEADERS: Shape = {
  routingHttpResponseStrictTransportSecurityHeaderValue: header("strict_transport_security"),
  routingHttpResponseContentSecurityPolicyHeaderValue: header("content_security_policy"),
  routingHttpResponseXContentTypeOptionsHeaderValue: header("x_content_type_options"),
  routingHttpResponseXFrameOptionsHeaderValue: header("x_frame_options"),
  routingHttpResponseAccessControlAllowOriginHeaderValue: header("access_control_allow_origin"),
  routingHttpResponseAccessControlAllowMethodsHeaderValue: header("access_control_allow_methods"),
  routingHttpResponseAccessControlAllowHeadersHeaderValue: header("access_control_allow_headers"),
  routingHttpResponseAccessControlExposeHeadersHeaderValue: header("access_control_expose_headers"),
  routingHttpResponseAccessControlAllowCredentialsHeaderValue: header(
    "access_control_allow_credentials",
  ),
  routingHttpResponseAccessControlMaxAgeHeaderValue: header("access_control_max_age"),
  routingHttpResponseServerEnabled: {
    kind: "boolean",
    computed: true,
    attribute: "routing.http.response.server.enabled",
  },
};

const INPUTS: Shape = {
  loadBalancerArn: { kind: "string", required: true, forceNew: true },
  port: { kind: "integer", range: PORT_RANGE },
  protocol: { kind: "string", computed: true, values: ["HTTP", "HTTPS"] },
  certificateArn: { kind: "string" },
  sslPolicy: { kind: "string", computed: true },
  defaultActions: { kind: "blocks", required: true, properties: ACTION },
  ...RESPONSE_HEADERS,
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
    const id = created.listenerArn;
    return { id, finish: () => modifyAttributes(id, {}, inputs, aws) };
  },

  async read(id, state, aws) {
    const { elb, calls } = aws;
    const found = await unlessGone(
      "ListenerNotFound",
      calls.elb("DescribeListeners", () => elb.describeListener(id)),
    );
    if (found === undefined) return undefined;
    const attributes = await calls.elb("DescribeListenerAttributes", () =>
      elb.describeListenerAttributes(id),
    );
    const headers = fromAttributes(RESPONSE_HEADERS, attributes);
    const [known] = blocksOf(state, "defaultActions");
    return { ...headers, ...stateOf(found, known), ...tagState(id, aws) };
  },

  async update(id, olds, news, aws) {
    const { elb, calls } = aws;
    await updateTags(id, olds, news, aws, "elb");
    if (JSON.stringify(settingsOf(news, olds)) !== JSON.stringify(settingsOf(olds))) {
      await during(
        `modifying ELBv2 Listener (${id})`,
        calls.elb("ModifyListener", () => elb.modifyListener(id, settingsOf(news, olds))),
      );
    }
    await modifyAttributes(id, olds, news, aws);
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

/** Only what differs: an empty value is not sent. */
async function modifyAttributes(
  id: string,
  olds: Properties,
  news: Properties,
  { elb, calls }: Aws,
): Promise<void> {
  const changes = changedAttributes(
    toAttributes(RESPONSE_HEADERS, olds),
    toAttributes(RESPONSE_HEADERS, news),
  );
  const sent = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== ""));
  if (Object.keys(sent).length === 0) return;
  await during(
    `modifying ELBv2 Listener (${id}) attributes`,
    calls.elb("ModifyListenerAttributes", () => elb.modifyListenerAttributes(id, sent)),
  );
}

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

function stateOf(found: Listener, known: Properties | undefined): Properties {
  return {
    arn: found.listenerArn,
    loadBalancerArn: found.loadBalancerArn,
    port: found.port,
    protocol: found.protocol,
    certificateArn: found.certificateArn,
    sslPolicy: found.sslPolicy,
    defaultActions: [actionState(found.defaultAction, known)],
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
