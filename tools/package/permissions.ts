import path from "node:path";
import { format } from "prettier";
import { LOOKUPS, type LookupInfo } from "../../components/lookups/actions";
import { markdownTable, replaceBetween } from "../markdown";
import { ROOT } from "./manifest";

/** The page that says which IAM actions a deployment needs. */
export const PERMISSIONS_FILE = path.join(ROOT, "docs", "permissions.md");

const END = "<!-- end -->";

/** The page with its two tables of lookups. */
export async function withLookups(page: string): Promise<string> {
  const withRequired = withTable(page, "needed", ({ requiredFor }) => requiredFor);
  const both = withTable(withRequired, "for checks", ({ checkedFor }) => checkedFor);
  return format(both, { parser: "markdown", printWidth: 100 });
}

function withTable(
  page: string,
  mark: string,
  useOf: (lookup: LookupInfo) => string | undefined,
): string {
  const rows = Object.values<LookupInfo>(LOOKUPS).flatMap((lookup) => {
    const use = useOf(lookup);
    const actions = lookup.actions.map((action) => `\`${action}\``).join(", ");
    return use === undefined ? [] : [[actions, use]];
  });
  const table = markdownTable(["Action", "Needed for"], rows);
  return replaceBetween(page, `<!-- npm run schema: ${mark} -->`, END, table);
}
