import * as pulumi from "@pulumi/pulumi";
import type { Allowed } from "../network";

/** Lets through an answer, or says once for each action which check is left out without it. */
export function allowing(parent: pulumi.Resource): Allowed {
  const warned = new Set<string>();
  return async (action, answer) => {
    try {
      return await answer;
    } catch (error) {
      if (!/UnauthorizedOperation|AccessDenied|not authorized/i.test(String(error))) throw error;
      if (!warned.has(action)) {
        warned.add(action);
        void pulumi.log.warn(
          `some checks before the deployment are left out, since the credentials lack ${action}; ` +
            'allow it, or set preflight to "off"',
          parent,
        );
      }
      return undefined;
    }
  };
}

/** Nothing where AWS does not know what was asked for. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (!/NotFound|no matching|multiple .* matched|no results|couldn't find/i.test(String(error)))
      throw error;
    return undefined;
  }
}
