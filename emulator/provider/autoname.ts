import { createHash, randomBytes } from "node:crypto";
import { textOf } from "./properties";
import { type Properties } from "./values";

const RANDOM_DIGITS = 7;
let made = 0;

/** The logical name and seven hexadecimal digits: the same ones for the same seed, when the engine gives one. */
export function autoname(logicalName: string, longest: number, seed: Uint8Array): string {
  const prefix = `${logicalName}-`;
  if (prefix.length + RANDOM_DIGITS > longest) {
    throw new RangeError(
      `name '${prefix}' plus ${RANDOM_DIGITS} random chars is longer than maximum length ${longest}`,
    );
  }
  const digest = seed.length > 0 ? createHash("sha256").update(seed).digest() : randomBytes(4);
  return prefix + digest.toString("hex").slice(0, RANDOM_DIGITS);
}

/** The name that AWS is given: the one in the inputs, or the prefix and 26 digits that rise with time. */
export function physicalName(inputs: Properties): string {
  return textOf(inputs, "name") ?? (textOf(inputs, "namePrefix") ?? "") + risingDigits();
}

/** The same for a bucket. */
export function bucketName(inputs: Properties): string {
  return textOf(inputs, "bucket") ?? (textOf(inputs, "bucketPrefix") ?? "") + risingDigits();
}

/** The same for a statement of a function's policy. */
export function newStatementId(inputs: Properties): string {
  return (
    textOf(inputs, "statementId") ?? (textOf(inputs, "statementIdPrefix") ?? "") + risingDigits()
  );
}

function risingDigits(): string {
  const time = new Date().toISOString().replace(/\D/g, "").padEnd(18, "0");
  made += 1;
  return time + made.toString(16).padStart(8, "0");
}
