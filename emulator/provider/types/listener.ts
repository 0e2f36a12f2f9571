import { type Listener } from "../../aws";
import { HEADER_NAMES } from "../../elb/attributes";
import { isChanged } from "../diff";
import { changedAttributes, fromAttributes, toAttributes } from "../attributes";
import { during, unlessGone } from "../awsCalls";
import {
  blocksOf,
  blockOf,
  COMPUTED_TAGS,
  flagOf,
  given,
  integerOf,
  PORT_RANGE,
  type Property,
  type Shape,
  TAGS,
  textOf,
} from "../properties";
import { type Aws, type Failure, type ResourceType } from "../resourceType";
import { type Properties } from "../values";
import { ACTION, actionFaults, actionOf, actionsState } from "./actions";
import { areSupported, authenticationOf } from "./authentication";
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

const headerName = (name: string) =>
  ({ kind: "string", computed: true, attribute: HEADER_NAMES.get(name) }) as const;

const REQUEST_HEADER_NAMES: Shape = {
  routingHttpRequestXAmznMtlsClientcertHeaderName: headerName("x-amzn-mtls-clientcert"),
  routingHttpRequestXAmznMtlsClientcertLeafHeaderName: headerName("x-amzn-mtls-clientcert-leaf"),
  routingHttpRequestXAmznMtlsClientcertIssuerHeaderName: headerName(
    "x-amzn-mtls-clientcert-issuer",
  ),
  routingHttpRequestXAmznMtlsClientcertSubjectHeaderName: headerName(
    "x-amzn-mtls-clientcert-subject",
  ),
  routingHttpRequestXAmznMtlsClientcertSerialNumberHeaderName: headerName(
    "x-amzn-mtls-clientcert-serial-number",
  ),
  routingHttpRequestXAmznMtlsClientcertValidityHeaderName: headerName(
    "x-amzn-mtls-clientcert-validity",
  ),
  routingHttpRequestXAmznTlsVersionHeaderName: headerName("x-amzn-tls-version"),
  routingHttpRequestXAmznTlsCipherSuiteHeaderName: headerName("x-amzn-tls-cipher-suite"),
};

/** The properties that are attributes of the listener; those of request headers only with HTTPS. */
const attributesOf = (properties: Properties): Shape =>
  properties.protocol === "HTTPS"
    ? { ...RESPONSE_HEADERS, ...REQUEST_HEADER_NAMES }
    : RESPONSE_HEADERS;

/** AWS keeps what is left out again; so it is switched off in so many words. */
const MUTUAL_AUTHENTICATION: Property = {
  kind: "block",
  computed: true,
  properties: {
    mode: { kind: "string", required: true, values: ["off", "passthrough", "verify"] },
    trustStoreArn: { kind: "string" },
    ignoreClientCertificateExpiry: { kind: "boolean", default: false },
    advertiseTrustStoreCaNames: { kind: "string", computed: true, values: ["off", "on"] },
  },
};

const INPUTS: Shape = {
  loadBalancerArn: { kind: "string", required: true, forceNew: true },
  port: { kind: "integer", range: PORT_RANGE },
  protocol: { kind: "string", computed: true, values: ["HTTP", "HTTPS"] },
  certificateArn: { kind: "string" },
  sslPolicy: { kind: "string", computed: true },
  mutualAuthentication: MUTUAL_AUTHENTICATION,
  defaultActions: { kind: "blocks", required: true, properties: ACTION },
  ...RESPONSE_HEADERS,
  ...REQUEST_HEADER_NAMES,
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
    const headers = fromAttributes(attributesOf({ protocol: found.protocol }), attributes);
    const known = blocksOf(state, "defaultActions").at(-1);
    return { ...headers, ...stateOf(found, known), ...tagState(id, aws) };
  },

  async update(id, olds, news, aws) {
    const { elb, calls } = aws;
    await updateTags(id, olds, news, aws, "elb");
    const settings = settingsOf(news, olds);
    if (JSON.stringify(settings) !== JSON.stringify(settingsOf(olds))) {
      const sendsActions = isChanged(listener, "defaultActions", olds, news);
      await during(
        `modifying ELBv2 Listener (${id})`,
        calls.elb("ModifyListener", () => {
          const { authenticate, defaultAction } = elb.describeListener(id);
          const kept = sendsActions ? {} : { authenticate, defaultAction };
          return elb.modifyListener(id, { ...settings, ...kept });
        }),
      );
    }
    await modifyAttributes(id, olds, news, aws);
  },

  async delete(id, _state, { elb, calls, tags }) {
    await during(
      `deleting ELBv2 Listener (${id})`,
      calls.elb("DeleteListener", () => elb.deleteListener(id)),
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
    toAttributes(attributesOf(news), olds),
    toAttributes(attributesOf(news), news),
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
  const actions = blocksOf(inputs, "defaultActions");
  const settings: Settings = {
    port: given(integerOf(inputs, "port"), "port"),
    protocol,
    authenticate: authenticationOf(actions),
    defaultAction: actionOf(actions.at(-1) ?? {}, blocksOf(olds, "defaultActions").at(-1)),
  };
  const certificateArn = textOf(inputs, "certificateArn");
  // The provider sends what it knew where none is given, which AWS refuses of an HTTP listener.
  const sslPolicy = textOf(inputs, "sslPolicy") ?? textOf(olds, "sslPolicy");
  const keptMutual = protocol === "HTTPS" ? blockOf(olds, "mutualAuthentication") : undefined;
  return {
    ...settings,
    ...(certificateArn === undefined ? {} : { certificateArn }),
    ...(sslPolicy === undefined ? {} : { sslPolicy }),
    ...mutualOf(blockOf(inputs, "mutualAuthentication") ?? keptMutual),
  };
}

/** Of each mode only what belongs to it. */
function mutualOf(block: Properties | undefined): Pick<Settings, "mutualAuthentication"> {
  if (block === undefined) return {};
  const mode = textOf(block, "mode");
  if (mode !== "verify") {
    return { mutualAuthentication: { mode: mode === "passthrough" ? mode : "off" } };
  }
  const advertises = textOf(block, "advertiseTrustStoreCaNames");
  return {
    mutualAuthentication: {
      mode,
      trustStoreArn: textOf(block, "trustStoreArn"),
      ignoreClientCertificateExpiry: flagOf(block, "ignoreClientCertificateExpiry"),
      ...(advertises === undefined
        ? {}
        : { advertiseTrustStoreCaNames: advertises === "on" ? "on" : "off" }),
    },
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
    mutualAuthentication: mutualState(found),
    defaultActions: actionsState(found.authenticate, found.defaultAction, known),
  };
}

function mutualState({ mutualAuthentication }: Listener): Properties | undefined {
  if (mutualAuthentication === undefined) return undefined;
  const { ignoreClientCertificateExpiry = false, ...others } = mutualAuthentication;
  return { ...others, ignoreClientCertificateExpiry };
}

/** A login or a validation of tokens may come before the action. */
function checkCount(inputs: Properties): Failure[] {
  const reason =
    "the emulator supports listeners with one action, and at most one login or validation of tokens before it";
  return Array.isArray(inputs.defaultActions) && !areSupported(blocksOf(inputs, "defaultActions"))
    ? [{ property: "defaultActions", reason }]
    : [];
}
