import { BlockList, isIPv4, isIPv6 } from "node:net";
import { AwsError, type RuleCondition } from "../aws";
import { compile } from "./regularExpressions";

/** What conditions are asked about. */
export interface RequestFacts {
  /** Without its port. */
  readonly host: string;
  /** The Host header, with its port if there is one. */
  readonly hostHeader: string;
  readonly path: string;
  readonly query: string;
  readonly method: string;
  /** The values of each header, by its name in lower case. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly clientAddress: string;
}

/** Whether a request meets all the conditions. */
export const meets = (conditions: readonly RuleCondition[], facts: RequestFacts) =>
  conditions.every((condition) => meetsOne(condition, facts));

function meetsOne(condition: RuleCondition, facts: RequestFacts): boolean {
  switch (condition.field) {
    case "host-header":
      return condition.isRegex
        ? condition.values.some((value) => matchesRegex(value, facts.hostHeader, "i"))
        : condition.values.some((value) => matches(value, facts.host, "i"));
    case "path-pattern": {
      const matchesOne = condition.isRegex ? matchesRegex : matches;
      return condition.values.some((value) => matchesOne(value, facts.path));
    }
    case "http-request-method":
      return condition.values.includes(facts.method);
    case "source-ip":
      return condition.values.some((value) => lies(facts.clientAddress, value));
    case "http-header": {
      const sent = facts.headers.get(condition.httpHeaderName.toLowerCase()) ?? [];
      const matchesOne = condition.isRegex ? matchesRegex : matches;
      return condition.values.some((value) => sent.some((one) => matchesOne(value, one, "i")));
    }
    case "query-string":
      return condition.values.some(({ key, value }) =>
        [...new URLSearchParams(facts.query)].some(
          ([name, one]) =>
            (key === undefined || matches(key, name, "i")) && matches(value, one, "i"),
        ),
      );
  }
}

/** A `*` stands for any characters, a `?` for one. */
function matches(pattern: string, text: string, flags = ""): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, `s${flags}`).test(text);
}

const matchesRegex = (regex: string, text: string, flags = "") =>
  compile(regex, LONGEST, flags).test(text);

const familyOf = (address: string) => (isIPv4(address) ? "ipv4" : "ipv6");

function lies(address: string, network: string): boolean {
  const [start = "", prefix] = network.split("/");
  const list = new BlockList();
  list.addSubnet(start, Number(prefix), familyOf(start));
  // A socket for IPv4 and IPv6 shows IPv4 addresses as IPv6 ones.
  const plain = address.replace(/^::ffff:/, "");
  return familyOf(plain) === familyOf(start) && list.check(plain, familyOf(plain));
}

const MAX_VALUES = 5;
const LONGEST = 128;
const LONGEST_NAME = 40;
const WITH_REGEX = ["host-header", "path-pattern", "http-header"];
const SINGLE = ["host-header", "path-pattern", "http-request-method", "source-ip"];

/** Refuses conditions that AWS would refuse. */
export function checkConditions(conditions: readonly RuleCondition[]): void {
  const demand = (holds: boolean, message: string) => {
    if (!holds) {
      throw new AwsError("ValidationError", message);
    }
  };
  demand(conditions.length > 0, "A rule must have at least one condition");
  for (const field of SINGLE) {
    demand(
      conditions.filter((condition) => condition.field === field).length <= 1,
      `A rule can only have one '${field}' condition`,
    );
  }
  const count = conditions.flatMap<unknown>(({ values }) => values).length;
  demand(
    count <= MAX_VALUES,
    `A rule can only have '${MAX_VALUES}' condition values, but '${count}' were specified`,
  );
  for (const condition of conditions) {
    demand(condition.values.length > 0, "A condition value must be specified");
    checkCondition(condition, demand);
  }
}

function checkCondition(
  condition: RuleCondition,
  demand: (holds: boolean, message: string) => void,
): void {
  if (condition.field !== "query-string" && condition.isRegex) {
    const { field } = condition;
    demand(WITH_REGEX.includes(field), `The field '${field}' can't have regular expressions`);
    for (const regex of condition.values) compile(regex, LONGEST);
    return;
  }
  const texts =
    condition.field === "query-string"
      ? condition.values.flatMap(({ key, value }) => [key ?? [], value].flat())
      : condition.values;
  for (const text of texts) {
    const valid = text !== "" && text.length <= LONGEST && fits(condition.field, text);
    demand(valid, `Condition value '${text}' is not valid for the field '${condition.field}'`);
  }
  if (condition.field === "http-header") {
    const { httpHeaderName: name } = condition;
    demand(
      /^[!#$%&'*+.^_`|~0-9A-Za-z,-]+$/.test(name) &&
        name.length <= LONGEST_NAME &&
        name.toLowerCase() !== "host",
      `The HTTP header name '${name}' is not valid`,
    );
  }
}

function fits(field: RuleCondition["field"], text: string): boolean {
  switch (field) {
    case "host-header":
      return /^[A-Za-z0-9.*?-]*\.[A-Za-z]+$/.test(text);
    case "path-pattern":
      return /^[A-Za-z0-9_\-.$/~"'@:+&*?]+$/.test(text);
    case "http-request-method":
      return /^[A-Z_-]{1,40}$/.test(text);
    case "source-ip": {
      const [address = "", prefix = "", ...rest] = text.split("/");
      const most = isIPv4(address) ? 32 : 128;
      const isAddress = isIPv4(address) || isIPv6(address);
      // AWS refuses the address of broadcasts.
      return (
        text !== "255.255.255.255/32" &&
        isAddress &&
        rest.length === 0 &&
        /^\d+$/.test(prefix) &&
        Number(prefix) <= most
      );
    }
    default:
      return true;
  }
}
