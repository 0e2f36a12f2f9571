import * as pulumi from "@pulumi/pulumi";
import { earlyValue } from "../shared/previewValues";
import type { Problem } from "../checks";
import { isOutput, isRecord } from "../shared/guards";

/** Shorter texts are not redacted: they tell too little, and occur in other words. */
const MIN_SECRET_LENGTH = 3;
const REPLACEMENT = "[secret]";

/**
 * The texts in secret arguments, which it removes from messages. The checks against AWS need this, because
 * they don't know which values are secret.
 */
export class SecretTexts {
  private texts: Promise<readonly string[]> | undefined;

  constructor(private readonly args: unknown) {}

  /** The problems without secret texts in their messages. */
  async redactProblems(problems: readonly Problem[]): Promise<Problem[]> {
    const secrets = await this.all();
    return problems.map((problem) => {
      const { propertyPath, reason } = problem;
      // A path consists of argument names and keys; secret keys are already hidden in it.
      const start = reason.startsWith(propertyPath) ? propertyPath.length : 0;
      return {
        ...problem,
        reason: reason.slice(0, start) + redactText(reason.slice(start), secrets),
      };
    });
  }

  /** The message without secret texts. */
  async redact(message: string): Promise<string> {
    return redactText(message, await this.all());
  }

  private all(): Promise<readonly string[]> {
    return (this.texts ??= secretTexts(this.args).then((texts) =>
      // The longest first, because a shorter one may be part of it.
      [...new Set(texts)].sort((one, other) => other.length - one.length),
    ));
  }
}

/** The text without the secrets, except where a secret is only part of another word. */
function redactText(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => {
    const parts = left.split(secret);
    return parts.reduce((before, after) => {
      const isPart = /[\w-]$/.test(before) || /^[\w-]/.test(after);
      return before + (isPart ? secret : REPLACEMENT) + after;
    });
  }, text);
}

/** The texts in secret outputs at any depth of the arguments, if they are known before anything is created. */
async function secretTexts(args: unknown): Promise<string[]> {
  const texts = partsOf(args)
    .filter(isOutput)
    .map(async (value) => {
      const output = pulumi.output(value);
      const known: unknown = await earlyValue(output);
      return known !== undefined && (await pulumi.isSecret(output)) ? textsOf(known) : [];
    });
  return (await Promise.all(texts)).flat();
}

/** All texts in a value that are long enough to be redacted, also its keys. */
function textsOf(value: unknown): string[] {
  const texts = partsOf(value).flatMap((part) => {
    if (typeof part === "string") return [part, ...arnParts(part)];
    if (typeof part === "number") return String(part);
    return isRecord(part) ? Object.keys(part) : [];
  });
  return texts.filter((text) => text.length >= MIN_SECRET_LENGTH);
}

/** The account and the IDs in an ARN, because messages also show them alone. The region is not secret. */
function arnParts(text: string): string[] {
  if (!text.startsWith("arn:")) return [];
  return text.split(/[:/]/).filter((part) => /\d/.test(part) && !REGION.test(part));
}

const REGION = /^[a-z]+(-[a-z]+)+-\d+$/;

/** A value and everything in it, at any depth. */
function partsOf(value: unknown): unknown[] {
  const parts = new Set<unknown>([value]);
  for (const part of parts) {
    if (pulumi.Resource.isInstance(part)) continue;
    const inside = Array.isArray(part) ? part : isRecord(part) ? Object.values(part) : [];
    for (const one of inside) parts.add(one);
  }
  return [...parts];
}
