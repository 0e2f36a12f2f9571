import { markdownTable } from "../../tools/markdown";

/** What became of the inputs of a run. */
export interface Inputs {
  readonly tried: number;
  /** The number of inputs by what became of them. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** The first problem of each batch in which a rule was broken. */
  readonly broken: readonly string[];
}

/** The table of what became of the inputs. */
export const tableOf = ({ outcomes }: Inputs): string =>
  markdownTable(
    ["Inputs that were", "Number"],
    [...outcomes].sort().map(([became, number]) => [became, String(number)]),
  );

/** The part of docs/reliability.md on random inputs: what the last long run found. */
export function inputsDocument(
  inputs: Inputs,
  { command, date }: { readonly command: string; readonly date: Date },
): string {
  const { tried, broken } = inputs;
  const found = broken.map((problem) => `- ${problem.split("\n")[0].slice(0, 300)}`);
  return `## Random inputs

\`npm run test:input\` gives random arguments to the component, right ones and wrong ones, of every type and depth. The
emulator's provider creates what the component registers. These rules are checked:

- Wrong arguments are refused before anything is created, in a message that names each of them.
- What passes the checks is accepted by AWS.
- No message has more than 8,000 characters, and none is an error of the program.

${date.toISOString().slice(0, 10)}, by \`${command}\`:

${tried} inputs, ${broken.length} batches with one that broke a rule.

${tableOf(inputs)}

${found.join("\n")}
`;
}
