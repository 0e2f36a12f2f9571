import { AwsError } from "../aws";

/*
 * AWS's regular expressions are those of JavaScript, as far as this goes: it lacks some features, and writes flags
 * and names of groups otherwise.
 */

const REFUSED = [
  { what: "lookaround assertions", pattern: /\(\?<?[=!]/ },
  { what: "atomic groups", pattern: /\(\?>/ },
  { what: "possessive quantifiers", pattern: /(?:[*+?]|\{\d+(?:,\d*)?\})\+/ },
  { what: "subroutines", pattern: /\(\?(R|&|P>|[+-]?\d)/ },
  { what: "backreferences", pattern: /\\[1-9k]|\(\?P=/ },
  { what: "subroutines", pattern: /\\g/ },
  { what: "Unicode character classes", pattern: /\\p/i },
];

/** What JavaScript has not, or reads as something else. */
const NOT_SHOWN = /\\[AZzQEGXR]|\[\[:|\(\?[a-zA-Z-]+[:)]/;

const invalid = (regex: string, why: string) =>
  new AwsError("ValidationError", `The regular expression '${regex}' is not valid: ${why}`);

/** The regular expression of a condition or a transform, if AWS takes it. */
export function compile(regex: string, longest: number, flags = ""): RegExp {
  if (regex === "" || regex.length > longest) {
    throw invalid(regex, `it must have 1 to ${longest} characters`);
  }
  // An escaped backslash is none, and in a character class nothing else counts.
  const bare = regex.replace(/\\\\/g, "").replace(/\\[^1-9A-Za-z]/g, "");
  const outside = bare.replace(/\[\^?\]?[^\]]*\]/g, "c");
  const refused = REFUSED.find(({ pattern }) => pattern.test(outside));
  if (refused !== undefined) throw invalid(regex, `${refused.what} are not supported`);
  if (NOT_SHOWN.test(bare)) {
    throw new AwsError(
      "UnsupportedByEmulator",
      `the emulator does not support flags, anchors in letters and classes in words, as in the regular expression '${regex}'; AWS accepts them`,
    );
  }
  try {
    return new RegExp(regex.replaceAll("(?P<", "(?<"), flags);
  } catch {
    throw invalid(regex, "it is not a regular expression");
  }
}
