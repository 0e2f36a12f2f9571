import { CHOICES } from "./arguments";
import type { StepResult } from "./chain";
import type { Summary } from "./runner";

interface Row {
  readonly steps: number;
  readonly refused: number;
  readonly requests: number;
  readonly failed: number;
  readonly broken: number;
}

/** The part of docs/reliability.md on random chains: what the last long run found. */
export function chainsDocument(
  { chains, steps, failures }: Summary,
  { command, date }: { readonly command: string; readonly date: Date },
): string {
  const all = rowOf(steps);
  const rows = Object.keys(CHOICES).flatMap((kind) => {
    const row = rowOf(steps.filter(({ kinds }) => kinds.includes(kind)));
    return row.steps === 0 ? [] : [line(`\`${kind}\``, row)];
  });
  return `## Random changes

\`npm run test:change\` thinks of changes that nobody listed. It makes random sets of valid arguments, deploys
one, changes it twice and goes back to the first, with Pulumi's engine on the emulator, while requests arrive.
After each step it checks these rules:

- What the arguments say is there, registered, attached and served.
- What is in AWS is what a new deployment of the same arguments makes. So nothing is lost, and nothing stays.
- A second update changes nothing, and a refresh finds no drift.
- No request fails, if the same URL serves before and after the change.
- An update that fails has changed nothing before.
- A destroyed group leaves nothing.

### The last long run

${date.toISOString().slice(0, 10)}, by \`${command}\`:

${chains} chains, ${all.steps} updates, ${all.refused} of them refused before anything was changed, ${all.requests} requests,
${all.failed} failed, ${failures.length} ${failures.length === 1 ? "chain" : "chains"} that broke a rule.

| Changed argument | Updates | Refused | Requests | Failed requests | Broken rules |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

An update that changes several arguments is in the row of each of them.

### What is not asked of a change

- A bucket that was made for logs stays, because S3 deletes no bucket with logs in it. ACM's validation records
  stay too, because certificates of other groups may need them.
- The bucket of logs that are turned off stays in the load balancer's attributes, because the AWS provider sends only
  that they are off.
- Response headers and the \`stickinessDuration\` of a forward stay in AWS when they are removed, as their docs say,
  because the AWS provider sends nothing then.
- A target group gets \`stickiness\` in an update of its own, because AWS refuses it while several target groups share the
  requests without \`stickinessDuration\`. The update fails then before anything is changed.
- A target whose \`availabilityZone\` changes under the same ID and port is deregistered. Pulumi creates the new
  registration first and deletes the old one then, and AWS takes both for the same. Change it in two updates.
- Two rules whose explicit priorities are exchanged in one update are changed one after the other. For a moment
  a request may meet the other rule.
- \`managedElsewhere\` in a forward. With it, what AWS has is what another tool has made, and not what the arguments say.
- \`HTTP2\` and \`GRPC\`, which the emulator does not support.
`;
}

function rowOf(steps: readonly StepResult[]): Row {
  const sum = (of: (step: StepResult) => number) =>
    steps.reduce((total, step) => total + of(step), 0);
  return {
    steps: steps.length,
    refused: steps.filter(
      ({ refusal, violations }) => refusal !== undefined && violations.length === 0,
    ).length,
    requests: sum(({ requests }) => requests),
    failed: sum(({ failed }) => failed),
    broken: sum(({ violations }) => violations.length),
  };
}

const line = (kind: string, { steps, refused, requests, failed, broken }: Row) =>
  `| ${[kind, steps, refused, requests, failed, broken].join(" | ")} |`;
