import type { FaultResult } from "./rehearsal";

const MAX_DETAIL_LENGTH = 300;

/** docs/faults.md: what the last long run found. */
export function faultsDocument(
  results: readonly FaultResult[],
  { command, date }: { readonly command: string; readonly date: Date },
): string {
  const reached = results.filter(({ isReached }) => isReached);
  const broken = reached.filter(({ violations }) => violations.length > 0);
  const keys = [...new Set(reached.map(({ kind, situation }) => `${kind} | ${situation}`))].sort();
  const rows = keys.map((key) => {
    const own = reached.filter(({ kind, situation }) => `${kind} | ${situation}` === key);
    const count = (is: (one: FaultResult) => boolean) => own.filter(is).length;
    const calls = new Set(own.map(({ point }) => point.call)).size;
    const equal = count(({ violations }) => violations.length === 0);
    return `| ${[key, own.length, calls, count(({ failed }) => failed), equal].join(" | ")} |`;
  });
  return `# What an interrupted update leaves

If an update ends early, for example because the engine is killed, AWS may have created a resource that the state
does not know. The next \`up\` or \`destroy\` of \`load-balanced-group/automation\` and of the command takes it over:

- The engine writes into the state what it is about to create. Before an update, these resources are looked for in AWS.
  Those that exist get into the state. Those that were being changed or deleted are read from AWS again.
- If the provider crashes, or AWS's answer is lost, the engine reports it, and the same is done at the end of the update.

After that, the update does the rest. What it ends in is what an update without a fault ends in.

## The next step

| You run | After a crash |
| --- | --- |
| \`load-balanced-group/automation\` | \`up({ afterCrash: true })\`, or \`cancel()\` and then \`up()\` |
| \`npm run env\` or \`load-balanced-group\` | \`pulumi cancel --stack dev\`, then \`up\` again |
| \`pulumi up\` | the three commands below, in the folder of your program |

<!-- not run: tests/faults/recover.test.ts runs it after a crash -->

\`\`\`
pulumi cancel --stack dev
npx load-balanced-group recover dev
pulumi up --stack dev
\`\`\`

\`recover\` works for stacks of any program that uses the component. It calls AWS through the engine's AWS provider
with the stack's \`aws:\` configuration, and changes only the state.

The credentials need \`acm:ListCertificates\` too, if a certificate was being created.

The engine may be killed while it writes a state in a folder. If the state can't be read then, delete the file \`.json.attrs\`
beside it, as the error says. If its disk was full, copy \`.json.bak\` over it.

## What is not taken over

- After a crash of the provider or a lost answer, plain \`pulumi up\` keeps no record of what was being created. Use the
  API or the command for the update, or look in AWS for what was created last.
- A load balancer or target group whose name does not fit (its logical name has more than 24 characters), and a bucket for
  logs. Their names in AWS are made by the provider, and are not in the state before the resource exists. The bucket is empty.
- An ACM certificate that was issued before the next step, because its validation record was there already. It is unused.
- After a full disk, the last resources that were created: the copy of the state is older than they are, or is cut off, too.
  Older copies are in \`.pulumi/backups\`.
- Resources of an explicit AWS provider with another region or account than the stack's configuration.

## The last long run

\`npm run test:faults\` deploys and changes groups with Pulumi's engine on the emulator. At one call to AWS after the other,
something goes wrong. Then it takes the next step, and compares AWS and the state with those of an update without a
fault: nothing is left over, nothing exists twice, a further update and a refresh find no difference, and a destroyed
group leaves nothing. A short form runs in \`npm test\`.

${date.toISOString().slice(0, 10)}, by \`${command}\`:

${reached.length} updates with a fault, ${broken.length} that ended otherwise than an update without one.

| What goes wrong | Update | Times | Different calls | Updates that failed | Ended as without a fault |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
${broken.length === 0 ? "" : `\nEnded otherwise:\n\n${broken.map(describe).join("\n")}\n`}`;
}

function describe({ kind, situation, point, violations }: FaultResult): string {
  const [first = ""] = violations;
  const text = first.replace(/\s+/g, " ").replaceAll("`", "'").slice(0, MAX_DETAIL_LENGTH);
  return `- ${kind}, ${situation}, \`${point.call}\` (${point.at}): \`${text}\``;
}
