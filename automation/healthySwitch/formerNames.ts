import * as pulumi from "@pulumi/pulumi";
import { MAIN } from "../../components/plan/targetGroups";

/** The new key of a target group, and its former one. */
type FormerKey = readonly [newKey: string, former: string];

/** Keeps the resources of target groups that got another key: their former names become aliases. */
export function keepResources(formerKeys: readonly FormerKey[]): void {
  pulumi.runtime.registerStackTransformation(({ name, props, opts }) => {
    const former = formerName(name, formerKeys);
    if (former === undefined) return undefined;
    return { props, opts: { ...opts, aliases: [...(opts.aliases ?? []), { name: former }] } };
  });
}

/** The name that a resource of a target group had with the group's former key. */
export function formerName(name: string, formerKeys: readonly FormerKey[]): string | undefined {
  for (const [newKey, former] of formerKeys) {
    const start = name.lastIndexOf(`-${newKey}`);
    const rest = name.slice(start + newKey.length + 1);
    if (start < 0 || !(rest === "" || rest.startsWith("-"))) continue;
    return `${name.slice(0, start)}${former === MAIN ? "" : `-${former}`}${rest}`;
  }
  return undefined;
}
