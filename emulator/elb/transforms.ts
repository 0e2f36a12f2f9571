import { AwsError, type RuleTransform } from "../aws";
import { compile } from "./regularExpressions";

const LONGEST = 1024;
const LINE_LIMIT = 16 * 1024;

/** Refuses transforms that AWS would refuse. */
export function checkTransforms(transforms: readonly RuleTransform[]): void {
  for (const { type, regex, replace } of transforms) {
    if (transforms.filter((one) => one.type === type).length > 1) {
      throw new AwsError("ValidationError", `A rule can only have one '${type}' transform`);
    }
    compile(regex, LONGEST);
    if (replace.length > LONGEST) {
      throw new AwsError("ValidationError", "The replacement must have at most 1024 characters");
    }
  }
}

/** The parts of a request that a target gets. */
export interface Rewritten {
  readonly path: string;
  readonly host: string;
}

/**
 * The path with its query, and the host, as the transforms make them; undefined if they come out wrong.
 *
 * AWS does not say whether it replaces one match or all. Here it is the first.
 */
export function transformed(
  transforms: readonly RuleTransform[],
  { path, host }: Rewritten,
): Rewritten | undefined {
  const rewritten = {
    path: rewrite(transforms, "url-rewrite", path),
    host: rewrite(transforms, "host-header-rewrite", host),
  };
  const isUrl = /^\/[!-~]*$/.test(rewritten.path) && rewritten.path.length <= LINE_LIMIT;
  return isUrl && /^[^\s/?#@]+$/.test(rewritten.host) ? rewritten : undefined;
}

function rewrite(
  transforms: readonly RuleTransform[],
  type: RuleTransform["type"],
  text: string,
): string {
  const found = transforms.find((transform) => transform.type === type);
  if (found === undefined) return text;
  return text.replace(compile(found.regex, LONGEST), (...match: unknown[]) =>
    // A group that there is not stands for nothing.
    found.replace.replace(/\$(\d)/g, (_, group: string) => {
      const matched = match[Number(group)];
      return typeof matched === "string" ? matched : "";
    }),
  );
}
