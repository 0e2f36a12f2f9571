import * as pulumi from "@pulumi/pulumi";
import { earlyValue } from "../shared/previewValues";
import type { Problem } from "../checks";
import { isOutput, isRecord } from "../shared/guards";

/** A shorter text says too little to be hidden wherever it stands. */
const MIN_SECRET_LENGTH = 3;
const REPLACEMENT = "[secret]";

/**
 * Decides what of the arguments may be read in messages: no text out of a secret argument, wherever it comes
 * from. The checks that ask AWS know values without knowing that they are secret.
 */
export class SecretTexts {
  private texts: Promise<readonly string[]> | undefined;

  constructor(private readonly args: unknown) {}

  /** The problems, in which no secret text is left. */
  async redactProblems(problems: readonly Problem[]): Promise<Problem[]> {
    const secrets = await this.all();
    return problems.map((problem) => {
      const { propertyPath, reason } = problem;
      // A path names arguments and keys, which are plain, or hidden where they are not.
      const start = reason.startsWith(propertyPath) ? propertyPath.length : 0;
      return {
        ...problem,
        reason: reason.slice(0, start) + redactText(reason.slice(start), secrets),
      };
    });
  }

  /** The message, in which no secret text is left. */
  async redact(message: string): Promise<string> {
    return redactText(message, await this.all());
  }

  private all(): Promise<readonly string[]> {
    return (this.texts ??= secretTexts(this.args).then((texts) =>
      // The longest first, so that none is left in pieces.
      [...new Set(texts)].sort((one, other) => other.length - one.length),
    ));
  }
}

/** A text without the secrets that stand in it by themselves, and not as a part of another word. */
function redactText(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => {
    const parts = left.split(secret);
    return parts.reduce((before, after) => {
      const isPart = /[\w-]$/.test(before) || /^[\w-]/.test(after);
      return before + (isPart ? secret : REPLACEMENT) + after;
    });
  }, text);
}

/** The texts in secret outputs, at any depth of the arguments, that are known in time. */
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

/** All texts of a value that are long enough to be hidden, the keys too. */
function textsOf(value: unknown): string[] {
  const texts = partsOf(value).flatMap((part) => {
    if (typeof part === "string") return [part, ...arnParts(part)];
    if (typeof part === "number") return String(part);
    return isRecord(part) ? Object.keys(part) : [];
  });
  return texts.filter((text) => text.length >= MIN_SECRET_LENGTH);
}

/** Account and ids in an ARN, of which messages speak alone; its region is not what is secret. */
function arnParts(text: string): string[] {
  if (!text.startsWith("arn:")) return [];
  return text.split(/[:/]/).filter((part) => /\d/.test(part) && !REGION.test(part));
}

const REGION = /^[a-z]+(-[a-z]+)+-\d+$/;

/** A value and all that is in it, however deep, each once. */
function partsOf(value: unknown): unknown[] {
  const parts = new Set<unknown>([value]);
  for (const part of parts) {
    if (pulumi.Resource.isInstance(part)) continue;
    const inside = Array.isArray(part) ? part : isRecord(part) ? Object.values(part) : [];
    for (const one of inside) parts.add(one);
  }
  return [...parts];
}
