import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../../tools/package/manifest";

/** A block of code in a document. */
export interface Block {
  /** The document, from the top of the repository. */
  readonly file: string;
  readonly line: number;
  /** What is written behind the fence; nothing for commands. */
  readonly language: string;
  readonly text: string;
  /** Why it is not run by tests, where the document says so in a comment before it. */
  readonly notRun: string | undefined;
}

/** The folders that a README of their own describes. */
const FOLDERS = ["components", "tools", "temporal", "emulator", "demo", "bench"];

/** The documents that say what readers run or write. */
export function documents(): string[] {
  const entriesIn = (folder: string) =>
    readdirSync(path.join(ROOT, folder), { withFileTypes: true });
  const pagesIn = (folder: string) =>
    entriesIn(folder)
      .filter(({ name }) => name.endsWith(".md"))
      .map(({ name }) => `${folder}/${name}`);
  const examples = entriesIn("examples").filter((entry) => entry.isDirectory());
  return [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    ...pagesIn("docs"),
    ...pagesIn("docs/decisions"),
    ...examples.map(({ name }) => `examples/${name}/README.md`),
    ...FOLDERS.map((folder) => `${folder}/README.md`),
  ];
}

const BLOCK =
  /(?:^<!-- not run: (?<reason>[^]*?) -->\n\n)?^```(?<language>\w*)\n(?<text>[^]*?)^```$/gm;

export function blocksIn(file: string): Block[] {
  const document = readFileSync(path.join(ROOT, file), "utf8");
  return [...document.matchAll(BLOCK)].map(
    ({ index, groups: { reason, language, text } = {} }) => ({
      file,
      line: document.slice(0, index).split("\n").length,
      language,
      text,
      notRun: reason,
    }),
  );
}
