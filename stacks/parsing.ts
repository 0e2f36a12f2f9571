import { isRecord } from "../components/checks";
import { Argument } from "./arguments";

/** The values of a stack's configuration, which Pulumi keeps as text. */
export function parseConfig(
  entries: readonly (readonly [string, string])[],
): Record<string, unknown> {
  return Object.fromEntries(
    entries.map(([name, text]) => [name, valueOf(text, Argument.all.at(name))]),
  );
}

/** A value of a settings file, in the types of the argument. */
export function settingOf(key: string, value: unknown): unknown {
  const argument = Argument.all.at(key);
  return typeof value === "string" ? valueOf(value, argument) : convert(value, argument);
}

function valueOf(text: string, argument: Argument | undefined): unknown {
  // `pulumi config set` writes 1 and true without quotes; what is a text whatever it looks like, the schema knows.
  if (argument?.kind === "text") return text;
  return convert(parseJson(text), argument);
}

/** The value in the argument's type, since a text, a number and a flag can each be written as another. */
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

/** A number as it is written: as a number, one of 17 digits would be another one. */
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
