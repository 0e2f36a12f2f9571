import path from "node:path";
import { format } from "prettier";
import { LOOKUPS, type LookupInfo } from "../../components/lookups/actions";
import { markdownTable, replaceBetween } from "../markdown";
import { ROOT } from "./manifest";
import { RESOURCE_ACTIONS } from "./resourceActions";

/** The page that says which IAM actions a deployment needs. */
export const PERMISSIONS_FILE = path.join(ROOT, "docs", "permissions.md");

const END = "<!-- end -->";

const PROVIDER = "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service";

/** The page with its tables of lookups and of resources. */
export async function withActions(page: string): Promise<string> {
  const withRequired = withTable(page, "needed", ({ requiredFor }) => requiredFor);
  const both = withTable(withRequired, "for checks", ({ checkedFor }) => checkedFor);
  return format(withResources(both), { parser: "markdown", printWidth: 100 });
}

function withResources(page: string): string {
  const rows = RESOURCE_ACTIONS.map((resource) => {
    const { type, neededFor, source } = resource;
    const actions = [...new Set([...resource.read, ...resource.write, ...resource.delete])];
    return [
      `\`${type.slice(type.lastIndexOf(":") + 1)}\``,
      neededFor,
      actions.map(quoted).join(", "),
      `[${source}](${PROVIDER}/${source})`,
    ];
  });
  const table = markdownTable(["Resource", "Needed for", "Actions", "Source"], rows);
  return replaceBetween(page, "<!-- npm run schema: resources -->", END, table);
}

const quoted = (action: string) => `\`${action}\``;

function withTable(
  page: string,
  mark: string,
  useOf: (lookup: LookupInfo) => string | undefined,
): string {
  const rows = Object.values<LookupInfo>(LOOKUPS).flatMap((lookup) => {
    const use = useOf(lookup);
    const actions = lookup.actions.map(quoted).join(", ");
    return use === undefined ? [] : [[actions, use]];
  });
  const table = markdownTable(["Action", "Needed for"], rows);
  return replaceBetween(page, `<!-- npm run schema: ${mark} -->`, END, table);
}
