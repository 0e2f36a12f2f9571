import { reaches, type Reached } from "./reaches";

export const RULE = { pathPatterns: ["/a"], targetGroup: "default" };

const RULED = { rules: { key: RULE } };
const acting = (action: object) => ({ rules: { key: { pathPatterns: ["/a"], ...action } } });
const REDIRECT = { redirect: { statusCode: "HTTP_301", host: "b.example.com" } };
const ANSWER = { fixedResponse: { statusCode: 404 } };

const SHARED = {
  targetGroups: { key: {} },
  ...acting({ forward: { weights: { default: 1, key: 1 } } }),
};

export const inRule = (
  path: string,
  value: unknown,
  property: string,
  expected?: unknown,
  beside: object = RULED,
) => reaches(`rules.key.${path}`, value, `web-rule-key ${property}`, expected, beside);

/** Conditions before and after that on the path. */
const before = "conditions[0]";

const after = "conditions[1]";

export const RULES = [
  inRule("priority", 7, "priority"),
  inRule("hostHeaders", ["a.example.com"], `${before}.hostHeader.values`),
  inRule("pathPatterns", ["/b"], `${before}.pathPattern.values`),
  inRule("httpHeaders.key", ["v"], `${after}.httpHeader.values`),
  inRule("httpRequestMethods", ["GET"], `${after}.httpRequestMethod.values`),
  inRule("queryStrings.key", ["v"], `${after}.queryStrings`, [{ key: "key", value: "v" }]),
  inRule("sourceIps", ["192.0.2.0/24"], `${after}.sourceIp.values`),
  inRule("targetGroup", "key", "actions[0].targetGroupArn", "arn:web-tg-key", {
    targetGroups: { key: {} },
    ...RULED,
  }),
  inRule("forward.weights.key", 3, "actions[0].forward.targetGroups[1].weight", 3, SHARED),
  inRule("forward.stickinessDuration", 60, "actions[0].forward.stickiness.duration", 60, SHARED),
  ...(
    [
      ["statusCode", "HTTP_302"],
      ["protocol", "HTTPS"],
      ["host", "c.example.com"],
      ["port", 8443, "8443"],
      ["path", "/c"],
      ["query", "a=b"],
    ] as const
  ).map(([key, value, expected = value]) =>
    inRule(`redirect.${key}`, value, `actions[0].redirect.${key}`, expected, acting(REDIRECT)),
  ),
  ...(
    [
      ["statusCode", 503, "503"],
      ["contentType", "text/html"],
      ["messageBody", "<p>Soon</p>"],
    ] as const
  ).map(([key, value, expected = value]) =>
    inRule(
      `fixedResponse.${key}`,
      value,
      `actions[0].fixedResponse.${key}`,
      expected,
      acting(ANSWER),
    ),
  ),
];

/** The default action has a redirect and a fixed response as rules have them. */
export const DEFAULT_ACTION = RULES.filter(({ path }) =>
  /\.(redirect|fixedResponse)\./.test(path),
).map(({ path, property, ...reached }): Reached => {
  const own = path.replace("rules.key", "defaultAction");
  const defaultAction = own.includes(".redirect.") ? REDIRECT : ANSWER;
  const beside = { defaultAction, instanceIds: undefined };
  return {
    ...reached,
    path: own,
    child: "web-http",
    property: `defaultA${property.slice(1)}`,
    beside,
  };
});
