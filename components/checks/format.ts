import * as pulumi from "@pulumi/pulumi";
import { isOutput } from "../shared/guards";

const MAX_LENGTH = 160;

/**
 * A value as a message shows it. The contents of objects and lists are not shown, since they may hold
 * passwords; lists of strings are.
 */
export function format(value: unknown): string {
  switch (typeof value) {
    case "string":
      return shortened(JSON.stringify(shortened(value)));
    case "number":
    case "boolean":
    case "undefined":
      return String(value);
    case "bigint":
      return `the BigInt ${shortened(String(value))}`;
    case "object":
      return value === null ? "null" : formatObject(value);
    default:
      return `a ${typeof value}`;
  }
}

function formatObject(value: object): string {
  if (isOutput(value)) return "an output";
  if (pulumi.Resource.isInstance(value)) return "a resource";
  if (!Array.isArray(value)) return "an object";
  const items: unknown[] = value;
  const areTexts = items.every((item) => typeof item === "string");
  return areTexts ? shortened(`[${items.map(format).join(", ")}]`) : `a list of ${items.length}`;
}

/** The text, cut in the middle if it is too long. */
export function shortened(text: string, longest = MAX_LENGTH): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 20)}...${text.slice(-17)}`;
}

/** The text with control characters, and characters that change the writing direction, as escapes. */
export function legible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\p{Cs}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}
