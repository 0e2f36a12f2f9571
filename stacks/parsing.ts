import { isRecord } from "../components/checks";
import { Argument } from "./arguments";

/** The values of a stack's configuration, which Pulumi stores as text. */
export function parseConfig(
  entries: readonly (readonly [string, string])[],
): Record<string, unknown> {
  return Object.fromEntries(
    entries.map(([name, text]) => [name, valueOf(text, Argument.all.at(name))]),
  );
}

/** A value of a settings file, converted to the argument's type. */
export function settingOf(key: string, value: unknown): unknown {
  const argument = Argument.all.at(key);
  return typeof value === "string" ? valueOf(value, argument) : convert(value, argument);
}

function valueOf(text: string, argument: Argument | undefined): unknown {
  // `pulumi config set` writes 1 and true without quotes, so the schema decides whether it is a string.
  if (argument?.kind === "text") return text;
  return convert(parseJson(text), argument);
}

/** The value converted to the argument's type, because strings, numbers and flags can be written as each other. */
function convert(value: unknown, argument: Argument | undefined): unknown {
  if (value instanceof Digits) return argument?.kind === "text" ? value.text : Number(value.text);
  if (typeof value === "string") {
    if (argument?.kind === "number" && /^-?\d+$/.test(value)) return Number(value);
    return argument?.kind === "flag" && /^(true|false)$/.test(value) ? value === "true" : value;
  }
  if (typeof value === "boolean" || typeof value === "number")
    return argument?.kind === "text" ? String(value) : value;
  if (Array.isArray(value)) return value.map((one, index) => convert(one, argument?.at(index)));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, convert(one, argument?.at(key))]);
  return Object.fromEntries(entries);
}

/** A number as text, because a number of 17 digits would lose digits in JavaScript. */
class Digits {
  constructor(readonly text: string) {}
}

const DIGITS = "\u0000digits:";
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function parseJson(text: string): unknown {
  const quoted = text.replace(STRING_OR_NUMBER, (token) =>
    token.startsWith('"') ? token : JSON.stringify(DIGITS + token),
  );
  try {
    return JSON.parse(quoted, (_, value: unknown) =>
      typeof value === "string" && value.startsWith(DIGITS)
        ? new Digits(value.slice(DIGITS.length))
        : value,
    );
  } catch {
    return text;
  }
}
