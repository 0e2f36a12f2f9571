import { markdownTable } from "../../tools/markdown";
import type { Result } from "./run";

const HEAD = [
  "Change",
  "Created",
  "Updated",
  "Replaced",
  "Deleted",
  "Requests",
  "A second",
  "Failed",
  "Misrouted",
];

/** The changes as a table, with a line for each sequence. */
export function tableOf(results: readonly Result[]): string {
  const names = [...new Set(results.map(({ sequence }) => sequence))];
  const rows = names.flatMap((name) => [
    [`**${name}**`, ...HEAD.slice(1).map(() => "")],
    ...results.filter(({ sequence }) => sequence === name).map(cellsOf),
  ]);
  return markdownTable(HEAD, rows);
}

function cellsOf({ change, loss, ...counts }: Result): string[] {
  const { created, updated, replaced, deleted, requests, perSecond, failed, misrouted } = counts;
  const numbers = [created, updated, replaced, deleted, requests, Math.round(perSecond)];
  return [
    loss === undefined ? change : `${change} ¹`,
    ...[...numbers, failed, misrouted].map(String),
  ];
}

/** The part of docs/reliability.md on named changes. */
export function matrixDocument(
  results: readonly Result[],
  { command, date }: { readonly command: string; readonly date: Date },
): string {
  const withoutLoss = results.filter(({ loss }) => loss === undefined);
  const total = (of: readonly Result[], count: "requests" | "failed" | "misrouted") =>
    of.reduce((sum, result) => sum + result[count], 0);
  const losses = results.flatMap(({ change, loss }) =>
    loss === undefined ? [] : [`- ${change}: ${loss.why} ([source](${loss.source}))`],
  );
  return `## Named changes under load

\`${command}\` makes each of these changes with Pulumi's engine on the emulator, while requests arrive. Three of
four come on connections that are kept alive, and the others each on a fresh one. Each posts a body, and gets it back with
the name of the target. A request has failed if it was answered in any other way. It was misrouted if neither the arguments before
the change nor those after it send it to the target that answered.

The counts of resources are the least that each change needs. The test asserts them by name.

${date.toISOString().slice(0, 10)}: ${results.length} changes, ${total(results, "requests")} requests. Of the changes
that AWS can make without loss, ${total(withoutLoss, "failed")} requests failed and ${total(withoutLoss, "misrouted")} were
misrouted.

${tableOf(results)}

### ¹ What can't be done without loss

The preview shows each of these before anything is changed, which the test asserts.

${losses.join("\n")}

### What the table does not show

- \`targetGroup.protocolVersion\`: it replaces the target group, as \`port\` does. The emulator has no HTTP/2, so no requests
  would show it.
- The emulator keeps security groups, but does not block traffic by them. That the servers admit the old and the new
  security group while they are exchanged is tested by the order of the calls.
- In the emulator, targets serve during their first health checks if no target of their group is healthy. AWS does not say
  that it does so. \`up\` of the automation API waits until new targets are healthy.
`;
}
