import { format } from "prettier";
import { reasonOf } from "./accepted";
import type { Score, Survivor } from "./stryker";

/** What the last run of a folder found. */
export interface Result extends Score {
  readonly date: string;
}

export type Results = Readonly<Record<string, Result>>;

const MAX_CODE_LENGTH = 60;

export async function mutationDocument(results: Results): Promise<string> {
  const text = `# Would the tests notice a mistake?

\`npm run test:mutation\` makes mistakes in the code on purpose, with [StrykerJS](https://stryker-mutator.io): it
exchanges an operator, a condition or a value, or empties a function, a list or a text. For each such change it runs
the tests of the folder that reach the changed code. A change is noticed if a test fails or does not end.

- For each folder a few test files are run, those named in \`tools/mutation/tests.json\`. Other tests, such as those
  with the engine, may notice more.
- Texts for people, such as messages, are not changed: tests assert only the parts that matter.
- A change that does not compile is noticed by \`npm run check\`, and counts as noticed. Only changes that no test noticed are
  compiled.

${tableOf(results)}

## What no test noticed

Where there is a reason, the change makes no difference, or only one that the project does not promise.

${Object.entries(results)
  .filter(([, { survivors }]) => survivors.length > 0)
  .map(([folder, { survivors }]) => listOf(folder, survivors))
  .join("\n\n")}
`;
  return format(text, { parser: "markdown", printWidth: 120 });
}

/** The counts and the score of each folder. */
export function tableOf(results: Results): string {
  const rows = Object.entries(results).map(
    ([folder, { mutants, noticed, refused, survivors, ignored, date }]) => {
      const reasons = survivors.filter((one) => reasonOf(one) !== undefined).length;
      const score = `${scoreOf(noticed + refused, mutants)} %`;
      return `| ${[`\`${folder}\``, mutants, noticed, refused, survivors.length, reasons, score, ignored, date].join(" | ")} |`;
    },
  );
  return `| Folder | Changes | Noticed by a test | By the compiler alone | Not noticed | Of these with a reason | Score | Texts left out | Date |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}`;
}

function scoreOf(noticed: number, mutants: number): string {
  return mutants === 0 ? "100.0" : ((noticed / mutants) * 100).toFixed(1);
}

function listOf(folder: string, survivors: readonly Survivor[]): string {
  return `### ${folder}

| Place | Code | Instead | Reason |
| --- | --- | --- | --- |
${survivors.map(rowOf).join("\n")}`;
}

function rowOf(survivor: Survivor): string {
  const { file, line, code, replacement } = survivor;
  const place = `${file}:${line}`;
  return `| ${[place, codeOf(code), codeOf(replacement), reasonOf(survivor) ?? ""].join(" | ")} |`;
}

function codeOf(code: string): string {
  const short = code.length > MAX_CODE_LENGTH ? `${code.slice(0, MAX_CODE_LENGTH)}…` : code;
  return `\`\` ${short.replaceAll("|", "\\|")} \`\``;
}
