import type { RewriteArgs } from "../../args";
import * as checks from "../../checks";
import { regularExpression } from "./regularExpressionChecks";

const MAX_LENGTH = 1024;

const rewrite = checks.object<RewriteArgs>(
  {
    regex: regularExpression(MAX_LENGTH),
    replace: checks.text(
      `a string of at most ${MAX_LENGTH} characters`,
      (value) => value.length <= MAX_LENGTH,
      (value) => (typeof value === "string" ? "shorten it" : "write it in quotes"),
    ),
  },
  {
    required: ["regex", "replace"],
    otherNames: { replacement: "write replace instead" },
  },
);

export const rewriteChecks = { urlRewrite: rewrite, hostHeaderRewrite: rewrite };

/** What the load balancer does not send to a target is never rewritten. */
export const rewriteRelation: checks.Relation = {
  properties: [],
  check(rule, at) {
    const answering = ["redirect", "fixedResponse"].find((key) => rule[key] !== undefined);
    if (answering === undefined) return;
    for (const key of Object.keys(rewriteChecks)) {
      if (rule[key] === undefined) continue;
      at.key(key).reportRemoval(
        "unused",
        `has no effect together with ${answering}, because only requests that are sent to a target are rewritten; remove it`,
      );
    }
  },
};
