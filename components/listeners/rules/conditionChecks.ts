import type { HttpHeaderConditionArgs } from "../../args";
import * as checks from "../../checks";
import { regularExpression } from "./regularExpressionChecks";

const MAX_VALUE_LENGTH = 128;
const MAX_VALUES = 5;

/** The checks of a rule's conditions. */
export function conditionsChecks() {
  return {
    hostHeaders: plainValues(host, "hosts"),
    pathPatterns: plainValues(path, "paths"),
    httpHeaders: byName(headerName, "header values"),
    httpRequestMethods: values(method, "methods"),
    queryStrings: byName(parameterKey, "parameter values"),
    sourceIps: values(source, "networks"),
    hostHeaderRegexValues: plainValues(regex, "regular expressions"),
    pathPatternRegexValues: plainValues(regex, "regular expressions"),
    httpHeaderConditions: checks.plain(
      checks.dictionary(httpHeaderCondition(), "conditions"),
      "the number of its keys decides the rule's priority",
      "pass an object with plain keys, header names and lists, in which the items of values and regexValues may be outputs",
    ),
  };
}

function httpHeaderCondition(): checks.PlainCheck {
  return checks.object<HttpHeaderConditionArgs>(
    {
      httpHeaderName: checks.plain(
        nameOfHeader,
        "the component compares the rules, to warn of rules that get no request",
      ),
      values: values(anyText, "values"),
      regexValues: values(regex, "regular expressions"),
    },
    {
      required: ["httpHeaderName"],
      relations: [
        {
          properties: [],
          check(condition, at) {
            if (condition.values === undefined && condition.regexValues === undefined) {
              const problem =
                "must have values to compare the header with; add values or regexValues";
              at.reportText("required", problem, { add: "values" });
            }
            refuseBoth("values", "regexValues", condition, at);
          },
        },
      ],
    },
  );
}

/** A condition has values or regular expressions. */
function refuseBoth(
  values: string,
  regexValues: string,
  given: Readonly<Record<string, unknown>>,
  at: checks.ArgumentPath,
): void {
  if (given[values] === undefined || given[regexValues] === undefined) return;
  at.key(regexValues).reportRemoval(
    "conflict",
    `can't be combined with ${values}, because a condition has either values or regular expressions; remove one of them`,
  );
}

const decidesPriority = "the rule's priority depends on it";

/** Values that decide the rule's priority. */
const plainValues = (item: checks.Check, what: string) =>
  checks.plain(checks.list(checks.plain(item, decidesPriority), what, 1), decidesPriority);

/** Values of which only the number must be known. */
const values = (item: checks.Check, what: string) =>
  checks.plain(
    checks.list(item, what, 1),
    "AWS limits the number of values in a rule, which must be known",
    `pass a plain list, in which the ${what} may be outputs`,
  );

function byName(
  visitName: (name: string, at: checks.ArgumentPath) => void,
  what: string,
): checks.PlainCheck {
  return checks.plain(
    checks.dictionary(values(anyText, "values"), what, visitName),
    "the number of its keys decides the rule's priority",
    "pass an object with plain keys and lists, in which the values may be outputs",
  );
}

const regex = regularExpression(MAX_VALUE_LENGTH);

const host = checks.text(
  `a host of at most ${MAX_VALUE_LENGTH} letters, digits and these characters: - . * ? (with at least one ` +
    `dot, and only letters after the last one)`,
  (value) => value.length <= MAX_VALUE_LENGTH && /^[A-Za-z0-9.*?-]*\.[A-Za-z]+$/.test(value),
  'write it like "shop.example.com" or "*.example.com", without a protocol or port',
);

const path = checks.text(
  `a path of at most ${MAX_VALUE_LENGTH} letters, digits, _ - . $ / ~ " ' @ : + & * ?, that starts with "/" or a wildcard`,
  (value) => value.length <= MAX_VALUE_LENGTH && /^[/*?][A-Za-z0-9_\-.$/~"'@:+&*?]*$/.test(value),
  'write it like "/api/*", without a host or query',
);

const anyText = checks.text(
  `a string of 1 to ${MAX_VALUE_LENGTH} characters`,
  (value) => value !== "" && value.length <= MAX_VALUE_LENGTH,
  (value) => {
    if (typeof value !== "string") return "write it in quotes";
    return value === ""
      ? 'write "*" for any value'
      : "shorten it, for example with * for any characters";
  },
);

const method = checks.text(
  "a method of 1 to 40 upper-case letters, - and _",
  (value) => /^[A-Z_-]{1,40}$/.test(value),
  'write it like "GET"',
);

const network = checks.network();

/** The address of broadcasts, which AWS refuses in this condition. */
const BROADCAST = "255.255.255.255/32";

const source: checks.Check = {
  ...network,
  visit(value, at) {
    if (value === BROADCAST) {
      at.report("format", `must be a network other than ${BROADCAST}`, value, "remove it", {
        remove: true,
      });
    }
    return network.visit(value, at);
  },
};

const HEADER_NAME = /^[0-9A-Za-z_!#$%&'*+,.^`|~-]{1,40}$/;
const HEADER_CHARACTERS = "1 to 40 letters, digits and !#$%&'*+,.^_`|~-";
const isHost = (name: string) => name.toLowerCase() === "host";

function headerName(name: string, at: checks.ArgumentPath): void {
  if (!HEADER_NAME.test(name)) {
    at.reportRemoval(
      "format",
      `has an invalid key: it must be the name of a header, ${HEADER_CHARACTERS}; use a name like "User-Agent"`,
    );
  } else if (isHost(name)) {
    at.reportRemoval("conflict", "can't be the Host header; put the hosts into hostHeaders");
  }
}

const nameOfHeader = checks.text(
  `the name of a header other than Host, ${HEADER_CHARACTERS}`,
  (value) => HEADER_NAME.test(value) && !isHost(value),
  (value) =>
    typeof value === "string" && isHost(value)
      ? "use hostHeaders or hostHeaderRegexValues of the rule instead"
      : 'use a name like "User-Agent"',
);

function parameterKey(key: string, at: checks.ArgumentPath): void {
  if (key.length <= MAX_VALUE_LENGTH) return;
  at.reportRemoval(
    "format",
    `has an invalid key: it must be the name of a query parameter, at most ${MAX_VALUE_LENGTH} characters; ` +
      'use a shorter name, or the key "" for any parameter',
  );
}

const CONDITIONS = Object.keys(conditionsChecks());

/** An object without keys is no condition. */
const isGiven = (value: unknown) =>
  value !== undefined && !(checks.isRecord(value) && Object.keys(value).length === 0);

export const conditionsRelations: checks.Relation[] = [
  {
    properties: [],
    check(rule, at) {
      if (CONDITIONS.some((condition) => isGiven(rule[condition]))) return;
      const problem = `must have a condition; add one of ${CONDITIONS.join(", ")}`;
      at.reportText("required", problem, { add: CONDITIONS[0] });
    },
  },
  {
    properties: [],
    check(rule, at) {
      const count = conditionsOf(rule).flatMap(([, texts]) => texts).length;
      if (count <= MAX_VALUES) return;
      at.reportText(
        "too-many",
        `must have at most ${MAX_VALUES} values in all its conditions together, got ${count}; ` +
          "split it into several rules, or use wildcards or regular expressions",
      );
    },
  },
  {
    properties: [],
    check(rule, at) {
      refuseBoth("hostHeaders", "hostHeaderRegexValues", rule, at);
      refuseBoth("pathPatterns", "pathPatternRegexValues", rule, at);
    },
  },
  {
    properties: [],
    check({ httpHeaders }, at) {
      const seen = new Map<string, string>();
      for (const [name] of checks.entriesOf(httpHeaders)) {
        const argument = at.key("httpHeaders").key(name);
        const other = seen.get(name.toLowerCase());
        if (other === undefined) seen.set(name.toLowerCase(), argument.path);
        else
          argument.reportText(
            "repeated",
            `is the same header as ${other}; put all values under one of them, or if both must match, move one of the two to httpHeaderConditions`,
          );
      }
    },
  },
];

/** Comes after the argument's name where the values are regular expressions. */
export const REGEX = "RegexValues";

/** The values of each condition, with the condition's name. */
export function conditionsOf(rule: unknown): [string, unknown[]][] {
  return CONDITIONS.flatMap((condition) =>
    namedValues(condition, checks.valueAt(rule, condition)),
  ).flatMap(([about, texts]): [string, unknown[]][] =>
    Array.isArray(texts) ? [[about, texts]] : [],
  );
}

function namedValues(condition: string, value: unknown): [string, unknown][] {
  if (condition === "httpHeaderConditions") return checks.entriesOf(value).flatMap(ofHeader);
  if (Array.isArray(value)) return [[condition, value]];
  return checks.entriesOf(value).map(([name, texts]) => [`${condition} ${name}`, texts]);
}

function ofHeader([, condition]: readonly [string, unknown]): [string, unknown][] {
  const name = checks.valueAt(condition, "httpHeaderName");
  if (typeof name !== "string") return [];
  return [
    [`httpHeaders ${name}`, checks.valueAt(condition, "values")],
    [`httpHeader${REGEX} ${name}`, checks.valueAt(condition, "regexValues")],
  ];
}
