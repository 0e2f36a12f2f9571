import {
  type Action,
  type Authentication,
  type ForwardAction,
  type WeightedForwardAction,
} from "../../aws";
import {
  type BlockProperty,
  blockOf,
  blocksOf,
  given,
  integerOf,
  type Shape,
  textOf,
} from "../properties";
import { AUTHENTICATIONS, authenticationState } from "./authentication";
import { type Failure } from "../resourceType";
import { type Properties } from "../values";

const REDIRECT: Shape = {
  statusCode: { kind: "string", required: true, values: ["HTTP_301", "HTTP_302"] },
  protocol: { kind: "string", default: "#{protocol}", values: ["#{protocol}", "HTTP", "HTTPS"] },
  host: { kind: "string", default: "#{host}" },
  port: { kind: "string", default: "#{port}" },
  path: { kind: "string", default: "/#{path}" },
  query: { kind: "string", default: "#{query}" },
};

const STICKINESS: BlockProperty = {
  kind: "block",
  keptWhenMissing: true,
  properties: {
    duration: { kind: "integer", required: true, range: [1, 604_800] },
    enabled: { kind: "boolean", default: false },
  },
};

const FORWARD: Shape = {
  targetGroups: {
    kind: "blocks",
    anyOrder: true,
    required: true,
    properties: {
      arn: { kind: "string", required: true },
      weight: { kind: "integer", default: 1, range: [0, 999] },
    },
  },
  stickiness: STICKINESS,
};

const FIXED_RESPONSE: Shape = {
  contentType: {
    kind: "string",
    required: true,
    values: ["text/plain", "text/css", "text/html", "application/javascript", "application/json"],
  },
  messageBody: {
    kind: "string",
    fault: (body) => (body.length > 1024 ? "to have at most 1024 characters" : undefined),
  },
  statusCode: {
    kind: "string",
    computed: true,
    fault: (code) => (/^[245]\d\d$/.test(code) ? undefined : `to be 2XX, 4XX or 5XX, got ${code}`),
  },
};

const TYPES = [
  "forward",
  "redirect",
  "fixed-response",
  "authenticate-oidc",
  "authenticate-cognito",
  "jwt-validation",
];

/** What a listener or a rule does with a request. A login or a validation of tokens may come before. */
export const ACTION: Shape = {
  type: { kind: "string", required: true, values: TYPES },
  order: { kind: "integer", computed: true, range: [1, 50000] },
  targetGroupArn: { kind: "string" },
  forward: { kind: "block", keptWhenMissing: true, properties: FORWARD },
  redirect: { kind: "block", properties: REDIRECT },
  fixedResponse: { kind: "block", properties: FIXED_RESPONSE },
  ...AUTHENTICATIONS,
};

/** The action as AWS is asked for it; `old` is what it was before, if it is changed. */
export function actionOf(block: Properties, old: Properties = {}): Action {
  const fixedResponse = blockOf(block, "fixedResponse");
  if (fixedResponse !== undefined) {
    return {
      type: "fixed-response",
      statusCode: textOf(fixedResponse, "statusCode") ?? "200",
      contentType: given(textOf(fixedResponse, "contentType"), "contentType"),
      messageBody: textOf(fixedResponse, "messageBody") ?? "",
    };
  }
  const redirect = blockOf(block, "redirect");
  if (redirect === undefined) {
    return forwardOf(block, old);
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

function forwardOf(block: Properties, old: Properties): ForwardAction | WeightedForwardAction {
  const forward = blockOf(block, "forward");
  if (forward === undefined) {
    return {
      type: "forward",
      targetGroupArn: given(textOf(block, "targetGroupArn"), "targetGroupArn"),
    };
  }
  const before = blockOf(blockOf(old, "forward") ?? {}, "stickiness");
  const { enabled, ...stickiness } = blockOf(forward, "stickiness") ?? before ?? {};
  const duration = enabled === true ? integerOf(stickiness, "duration") : undefined;
  return {
    type: "forward",
    targetGroups: blocksOf(forward, "targetGroups").map((group) => ({
      targetGroupArn: given(textOf(group, "arn"), "arn"),
      weight: given(integerOf(group, "weight"), "weight"),
    })),
    ...(duration === undefined ? {} : { stickinessDurationSeconds: duration }),
  };
}

/**
 * The action as the state has it. AWS describes one target group in both forms: an import takes both, and
 * from then on those stay that were `known`.
 */
function actionState(action: Action, known?: Properties): Properties {
  if (action.type === "redirect") {
    const { type, ...redirect } = action;
    return { type, order: 1, redirect };
  }
  if (action.type === "fixed-response") {
    const { type, ...fixedResponse } = action;
    return { type, order: 1, fixedResponse };
  }
  if ("targetGroupArn" in action) {
    const { targetGroupArn } = action;
    const isBoth = known === undefined || blockOf(known, "forward") !== undefined;
    const forward = isBoth ? { targetGroups: [{ arn: targetGroupArn, weight: 1 }] } : undefined;
    return { type: "forward", order: 1, targetGroupArn, forward };
  }
  // Of an action with one target group, the real provider reads no others, and AWS names none then.
  if (known !== undefined && blockOf(known, "forward") === undefined) {
    return { type: "forward", order: 1, targetGroupArn: "" };
  }
  const duration = action.stickinessDurationSeconds;
  const targetGroups = action.targetGroups.map(({ targetGroupArn, weight }) => ({
    arn: targetGroupArn,
    weight,
  }));
  const stickiness = { enabled: duration !== undefined, duration: duration ?? 0 };
  return { type: "forward", order: 1, forward: { targetGroups, stickiness } };
}

/** The actions as the state has them: a login or a validation of tokens if there is one, and then the action. */
export function actionsState(
  authentication: Authentication | undefined,
  action: Action,
  known?: Properties,
): Properties[] {
  const final = actionState(action, known);
  return authentication === undefined
    ? [final]
    : [authenticationState(authentication), { ...final, order: 2 }];
}

/** What each type of action needs one of. */
const WANTED: Readonly<Partial<Record<string, string[]>>> = {
  forward: ["targetGroupArn", "forward"],
  redirect: ["redirect"],
  "fixed-response": ["fixedResponse"],
  "authenticate-oidc": ["authenticateOidc"],
  "authenticate-cognito": ["authenticateCognito"],
  "jwt-validation": ["jwtValidation"],
};

/** What is missing in the actions of that name. */
export function actionFaults(inputs: Properties, name: string): Failure[] {
  return blocksOf(inputs, name).flatMap((action, position) => {
    const type = textOf(action, "type") ?? "";
    const wanted = WANTED[type] ?? [];
    if (wanted.length === 0 || wanted.some((property) => action[property] !== undefined)) {
      return [];
    }
    const at = `${name}[${position}]`;
    const property = `${at}.${wanted[0]}`;
    const reason = `Attribute "${property}" must be specified when "${at}.type" is "${type}".`;
    return [{ property, reason }];
  });
}
