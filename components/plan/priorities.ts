import { createHash } from "node:crypto";
import type { RuleArgs } from "../args";

/*
 * A listener evaluates its rules in the order of their priorities. A component can't number them one after
 * another: it has no memory, and maps have no order that is the same in all languages. A priority also must
 * not depend on the other rules: it would change with them, and during the change two rules could have the
 * same one. So the priority of a rule depends on that rule only. As in Kubernetes' Gateway API, the more
 * specific rule comes first. Each kind of specificity has its own range of priorities, which is wider for
 * common kinds. Within the range, a hash of the rule's key decides.
 */

/** The conditions of a rule. They decide its priority. */
export type RuleConditions = Pick<
  RuleArgs,
  | "hostHeaders"
  | "pathPatterns"
  | "httpHeaders"
  | "httpRequestMethods"
  | "queryStrings"
  | "sourceIps"
  | "hostHeaderRegexValues"
  | "pathPatternRegexValues"
  | "httpHeaderConditions"
>;

/** The priorities that are computed. Lower and higher ones are free for explicit priorities. */
export const FIRST = 1000;
export const LAST = 48_999;

/** How many priorities each kind of path has, together with one kind of host. */
interface Widths {
  readonly exact: number;
  /** For each length of a path without its wildcards, up to half of MAX_CHARACTERS. */
  readonly short: number;
  /** For each longer length. */
  readonly long: number;
  readonly none: number;
}

const EXACT_HOST: Widths = { exact: 900, short: 180, long: 60, none: 10_000 };
const WILDCARD_HOST: Widths = { exact: 200, short: 45, long: 15, none: 900 };
const NO_HOST: Widths = { exact: 3000, short: 480, long: 120, none: 2400 };

const MAX_LABELS = 5;
const MIN_LABELS = 2;
const MAX_CHARACTERS = 48;
const MAX_CONDITIONS = 4;

/** The kinds of hosts and paths: exact ones, then wildcards by the length of the rest, then none. */
const HOSTS = ["exact", ...descending(MAX_LABELS, MIN_LABELS), "none"];
const PATHS = ["exact", ...descending(MAX_CHARACTERS, 0), "none"];
/** The numbers of conditions other than host and path, each with its share of the priorities. */
const CONDITIONS: readonly (readonly [count: number, share: number])[] = [
  [MAX_CONDITIONS, 0.02],
  [3, 0.02],
  [2, 0.06],
  [1, 0.2],
  [0, 0.7],
];

/** A range of priorities. */
interface Range {
  readonly start: number;
  readonly width: number;
}

/** The priority of a rule that has no explicit one. */
export function priorityOf(key: string, rule: RuleConditions): number {
  const { start, width } = rangeOf(rule);
  const hash = createHash("sha256").update(key).digest().readUInt32BE();
  return start + (hash % width);
}

/** A priority that is farther away would move the rule past many others. */
const MAX_DISTANCE = 500;

/** The free priority nearest to a taken one, so that the rule moves past as few others as possible. */
export function nearestFree(
  taken: number,
  isTaken: (priority: number) => boolean,
): number | undefined {
  for (let distance = 1; distance <= MAX_DISTANCE; distance += 1) {
    for (const candidate of [taken + distance, taken - distance]) {
      if (candidate >= 1 && candidate <= 50_000 && !isTaken(candidate)) return candidate;
    }
  }
  return undefined;
}

/** The range of priorities for rules that are as specific as this one. */
export function rangeOf(rule: RuleConditions): Range {
  const kind = kindOf(hostKind(rule), pathKind(rule), Math.min(conditions(rule), MAX_CONDITIONS));
  return RANGES.get(kind) ?? { start: LAST, width: 1 };
}

function rangesByKind(): ReadonlyMap<string, Range> {
  const ranges = new Map<string, Range>();
  let start = FIRST;
  for (const host of HOSTS) {
    for (const path of PATHS) {
      for (const [count, share] of CONDITIONS) {
        const width = Math.max(1, Math.round(widthOf(host, path) * share));
        ranges.set(kindOf(host, path, count), { start, width });
        start += width;
      }
    }
  }
  return ranges;
}

/** All ranges by kind, in the order in which a listener evaluates them. */
const RANGES = rangesByKind();

function widthOf(host: string, path: string): number {
  const widths = host === "exact" ? EXACT_HOST : host === "none" ? NO_HOST : WILDCARD_HOST;
  if (path === "exact" || path === "none") return widths[path];
  return Number(path) > MAX_CHARACTERS / 2 ? widths.long : widths.short;
}

function kindOf(host: string, path: string, count: number): string {
  return `${host} ${path} ${count}`;
}

function hostKind({ hostHeaders = [], hostHeaderRegexValues }: RuleConditions): string {
  if (hostHeaderRegexValues !== undefined) return String(MIN_LABELS);
  return leastSpecific(hostHeaders, (host) => {
    const labels = host.split(".").length;
    return Math.max(MIN_LABELS, Math.min(labels, MAX_LABELS));
  });
}

function pathKind({ pathPatterns = [], pathPatternRegexValues }: RuleConditions): string {
  if (pathPatternRegexValues !== undefined) return "0";
  // A path that every request has makes a rule no more specific.
  if (pathPatterns.some((path) => path === "*" || path === "/*")) return "none";
  return leastSpecific(pathPatterns, (path) =>
    Math.min(path.replace(/[*?]/g, "").length, MAX_CHARACTERS),
  );
}

/** The kind of the least specific value; "none" without values, because then everything matches. */
function leastSpecific(values: readonly string[], measure: (wildcard: string) => number): string {
  if (values.length === 0) return "none";
  const wildcards = values.filter((value) => /[*?]/.test(value));
  return wildcards.length === 0 ? "exact" : String(Math.min(...wildcards.map(measure)));
}

/** The number of conditions other than host and path. */
function conditions(rule: RuleConditions): number {
  const { httpHeaders, httpHeaderConditions, queryStrings } = rule;
  const named = [httpHeaders, httpHeaderConditions, queryStrings].map((one) =>
    Object.keys(one ?? {}),
  );
  const single = [rule.httpRequestMethods, rule.sourceIps].filter((one) => one !== undefined);
  return named.flat().length + single.length;
}

function descending(from: number, to: number): string[] {
  return Array.from({ length: from - to + 1 }, (_, index) => String(from - index));
}
