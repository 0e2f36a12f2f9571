import path from "node:path";
import { format } from "prettier";
import { markdownTable, replaceBetween } from "../markdown";
import { ROOT } from "../package/manifest";

/** Versions with which all tests of a run passed. */
export interface Tried {
  readonly node: string;
  readonly pulumi: string;
  readonly aws: string;
  readonly engine: string;
}

export const COMPATIBILITY_FILE = path.join(ROOT, "docs", "compatibility.md");

const [BEGIN, END] = ["<!-- npm run versions -->", "<!-- end -->"];
const HEAD = ["Node.js", "@pulumi/pulumi", "@pulumi/aws", "Pulumi's engine"];

/** The page with this table between its marks. */
export async function withTable(page: string, tried: readonly Tried[]): Promise<string> {
  const rows = tried.map(({ node, pulumi, aws, engine }) => [node, pulumi, aws, engine]);
  const text = replaceBetween(page, BEGIN, END, markdownTable(HEAD, rows));
  return format(text, { parser: "markdown", printWidth: 100 });
}

/** The rows of the page's table. */
export function triedIn(page: string): Tried[] {
  const [, table = ""] = page.split(BEGIN);
  const [, , ...lines] = table.split(END)[0].trim().split("\n");
  return lines.map((line) => {
    const [, node, pulumi, aws, engine] = line.split("|").map((cell) => cell.trim());
    return { node, pulumi, aws, engine };
  });
}
