import * as checks from "../../checks";

/** What AWS does not support in a regular expression, and how it looks without escapes and character classes. */
const UNSUPPORTED: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["lookaheads", /\(\?[=!]/],
  ["lookbehinds", /\(\?<[=!]/],
  ["backreferences", /\(\?P=/],
  ["atomic groups", /\(\?>/],
  ["subroutines and recursion", /\(\?(?:R|&|P>|[-+]?\d)/],
  ["possessive quantifiers", /(?:[*+?]|\{\d+(?:,\d*)?\})\+/],
];
const UNSUPPORTED_ESCAPES: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["backreferences", /^\\[1-9k]/],
  ["subroutines and recursion", /^\\g/],
  ["Unicode character classes", /^\\[pP]/],
];
const ESCAPE = /\\[^]/g;
const CLASS = /\[\^?\]?(?:\[:\w+:\]|[^\]])*\]/g;

/** The check of a regular expression of AWS. */
export function regularExpression(maxLength: number): checks.Check {
  return checks.text(
    `a regular expression of 1 to ${maxLength} characters, without lookaheads and other features that AWS does not support`,
    (value) =>
      value !== "" &&
      value.length <= maxLength &&
      unsupportedIn(value) === undefined &&
      isComplete(value),
    (value) => {
      if (typeof value !== "string") return "write it in quotes";
      if (value === "") return 'write "^.*$" for any text';
      if (value.length > maxLength) return "shorten it";
      const unsupported = unsupportedIn(value);
      return unsupported === undefined
        ? "correct it: each opening bracket needs a closing one, each of * + ? {n} needs something before it, ranges such as " +
            "a-z and {1,2} go upwards, and no backslash is at the end"
        : `write it without ${unsupported}`;
    },
  );
}

/** The number of a regular expression's groups, which a replacement names $1, $2 and so on. */
export function groupsIn(regex: string): number {
  return bare(regex).match(/\((?!\?)|\(\?P?<[A-Za-z_]/g)?.length ?? 0;
}

/** Without escapes and character classes, in which brackets and signs mean themselves. */
const bare = (regex: string) => regex.replace(ESCAPE, "x").replace(CLASS, "x");

function unsupportedIn(regex: string): string | undefined {
  const escapes = regex.match(ESCAPE) ?? [];
  const rest = bare(regex);
  const found =
    UNSUPPORTED_ESCAPES.find(([, pattern]) => escapes.some((escape) => pattern.test(escape))) ??
    UNSUPPORTED.find(([, pattern]) => pattern.test(rest));
  return found?.[0];
}

/**
 * Whether it is an expression at all, apart from what JavaScript writes otherwise: flags, named groups, and character
 * classes with classes or with "]" in them.
 */
function isComplete(regex: string): boolean {
  try {
    new RegExp(
      regex
        .replace(ESCAPE, "x")
        .replace(CLASS, (all) => all.replace(/\[:\w+:\]/g, "x").replace(/^(\[\^?)\]/, "$1x"))
        .replace(/\(\?[a-zA-Z-]+\)/g, "")
        .replace(/\(\?(?:[a-zA-Z-]+:|P?<[A-Za-z_]\w*>)/g, "(?:"),
    );
    return true;
  } catch {
    return false;
  }
}
