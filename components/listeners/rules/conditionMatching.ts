import type { RuleConditions } from "../../plan/priorities";
import { covers as coversNetwork } from "../../shared/cidr";
import { conditionsOf, REGEX } from "./conditionChecks";

/*
 * Compares the conditions of rules. Values that are outputs are unknown: nothing is said of them that could be
 * wrong.
 */

/** A condition: what it is about, the name of the header or the parameter if there is one, and its values. */
interface Condition {
  readonly about: string;
  readonly name: string;
  readonly values: readonly (string | undefined)[];
}

/** Whether every request that meets the conditions of `other` also meets those of `rule`. */
export function coversRule(rule: RuleConditions, other: RuleConditions): boolean {
  const given = listOf(other);
  return listOf(rule).every(
    (condition) => isAlwaysMet(condition) || given.some((one) => implies(one, condition)),
  );
}

/** Whether some request may meet the conditions of both rules. */
export function overlapsRule(rule: RuleConditions, other: RuleConditions): boolean {
  const others = listOf(other);
  return listOf(rule).every(({ about, values }) =>
    others
      // A request may have several headers and parameters of one name.
      .filter((one) => one.about === about && SINGLE.includes(about))
      .every((one) =>
        values.some((value) => one.values.some((another) => canBeBoth(about, value, another))),
      ),
  );
}

/** Whether a rule has regular expressions for hosts or paths: which requests meet it is then unknown. */
export const hasUnknownRequests = (rule: RuleConditions) =>
  listOf(rule).some(({ about }) => UNKNOWN.includes(about));

const UNKNOWN = [`hostHeader${REGEX}`, `pathPattern${REGEX}`];

/** Whether a pattern with `*` and `?` matches everything that another one matches. */
export function coversPattern(pattern: string, other: string): boolean {
  return compare(pattern, other, (one, another) => one === "?" || one === another, false);
}

/** Whether some text matches both patterns with `*` and `?`. */
export function overlapsPattern(pattern: string, other: string): boolean {
  return compare(
    pattern,
    other,
    (one, another) => one === "?" || another === "?" || one === another,
    true,
  );
}

const SINGLE = ["hostHeaders", "pathPatterns", "httpRequestMethods", "sourceIps"];

function listOf(rule: RuleConditions): Condition[] {
  return conditionsOf(rule).map(([title, values]) => {
    const [about, ...name] = title.split(" ");
    return {
      about,
      name: name.join(" ").toLowerCase(),
      values: values.map((value) => (typeof value === "string" ? value : undefined)),
    };
  });
}

/** Every path starts with a slash. */
const isAlwaysMet = ({ about, values }: Condition) =>
  about === "pathPatterns" && values.some((value) => value === "*" || value === "/*");

function implies(given: Condition, wanted: Condition): boolean {
  const { about, name, values } = wanted;
  if (given.about !== about || !coversName(about, name, given.name)) return false;
  return given.values.every(
    (value) =>
      value !== undefined &&
      values.some((other) => other !== undefined && coversValue(about, other, value)),
  );
}

/** The name of a query parameter may be a pattern, and without one any parameter is meant. */
const coversName = (about: string, name: string, other: string) =>
  about === "queryStrings" ? coversPattern(name || "*", other || "*") : name === other;

function coversValue(about: string, value: string, other: string): boolean {
  // Whether a regular expression matches all that another one matches is unknown.
  if (about.endsWith(REGEX)) return value === other;
  switch (about) {
    case "httpRequestMethods":
      return value === other;
    case "sourceIps":
      return coversNetwork(value, other);
    case "pathPatterns":
      return coversPattern(value, other);
    default:
      return coversPattern(value.toLowerCase(), other.toLowerCase());
  }
}

function canBeBoth(about: string, value: string | undefined, other: string | undefined): boolean {
  if (value === undefined || other === undefined) return true;
  switch (about) {
    case "httpRequestMethods":
      return value === other;
    case "sourceIps":
      return coversNetwork(value, other) || coversNetwork(other, value);
    case "pathPatterns":
      return overlapsPattern(value, other);
    default:
      return overlapsPattern(value.toLowerCase(), other.toLowerCase());
  }
}

/**
 * Compares two patterns from their ends. `fits` compares two characters. A `*` of the first pattern stands for
 * any part of the second, and with `isMutual` the other way round, too.
 */
function compare(
  pattern: string,
  other: string,
  fits: (one: string, another: string) => boolean,
  isMutual: boolean,
): boolean {
  // Whether the rest of the pattern fits the rest of the other one, for each start in the other one.
  let next = Array.from({ length: other.length + 1 }, (_, start) =>
    isMutual ? /^\**$/.test(other.slice(start)) : start === other.length,
  );
  for (const one of pattern.split("").reverse()) {
    const here: boolean[] = new Array<boolean>(other.length + 1).fill(false);
    for (let start = other.length; start >= 0; start -= 1) {
      const another = other.at(start) ?? "";
      const isEnd = start === other.length;
      if (one === "*") here[start] = next[start] || (!isEnd && here[start + 1]);
      else if (isEnd) here[start] = false;
      else if (another === "*") here[start] = isMutual && (next[start] || here[start + 1]);
      else here[start] = fits(one, another) && next[start + 1];
    }
    next = here;
  }
  return next[0];
}
