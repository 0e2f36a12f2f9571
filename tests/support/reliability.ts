import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { format } from "prettier";
import { replaceBetween } from "../../tools/markdown";
import { ROOT } from "../../tools/package/manifest";

const FILE = path.join(ROOT, "docs/reliability.md");

/** Writes the part of docs/reliability.md that a command makes, between the two marks of the command. */
export async function writePart(command: string, text: string): Promise<void> {
  const page = await readFile(FILE, "utf8");
  const [begin, end] = ["Written by", "End of"].map((mark) => `<!-- ${mark} ${command} -->`);
  if (![begin, end].every((mark) => page.includes(mark))) {
    throw new Error(`docs/reliability.md has no part of ${command}`);
  }
  const written = replaceBetween(page, begin, end, text);
  await writeFile(FILE, await format(written, { parser: "markdown", printWidth: 120 }));
}
