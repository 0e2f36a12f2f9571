import path from "node:path";
import { format } from "prettier";
import type { Check } from "../../components/checks";
import { markdownTable, replaceBetween } from "../markdown";
import { ROOT } from "./manifest";
import { type Argument, COMPONENTS, sectionsOf, typeName } from "./sections";
import type { PackageSpec, PropertySpec, TypeSpec } from "./spec";

/*
 * The reference of the arguments, and their table in the README. Names, descriptions and defaults come from the
 * schema, and limits from the checks.
 */

export const REFERENCE_FILE = path.join(ROOT, "docs", "arguments.md");
export const README_FILE = path.join(ROOT, "README.md");

/** The page with all arguments, also nested ones. */
export async function referencePage(schema: PackageSpec): Promise<string> {
  const lines = [
    "# Arguments",
    "",
    "All arguments of `LoadBalancedGroup` and of `LoadBalancedService`, with their types, limits and defaults. `npm run schema` writes",
    "this page.",
    "",
    "An argument accepts an output, such as the ID of a resource in the same program, unless its line says that it must",
    "be known at preview. Each language has its own form of the names: `instance_ids` in Python, `InstanceIds` in Go and C#.",
  ];
  for (const { name, description, properties } of sectionsOf(schema)) {
    const heading = Object.hasOwn(COMPONENTS, name) ? name : `The type ${name}`;
    lines.push("", `## ${heading}`, "", description);
    for (const [key, argument] of properties) {
      lines.push("", `### \`${key}\``, "", facts(argument), "", argument.spec.description ?? "");
    }
  }
  return format(lines.join("\n"), { parser: "markdown", printWidth: 130 });
}

const BEGIN = "<!-- npm run schema -->";
const END = "<!-- end of the arguments -->";

/** The README with the table of the arguments between its marks. */
export async function withArguments(readme: string, schema: PackageSpec): Promise<string> {
  const [{ properties }] = sectionsOf(schema);
  const rows = [...properties].map(([name, argument]) => [
    `[\`${name}\`](docs/arguments.md#${name.toLowerCase()})`,
    summary(argument.spec),
    defaultOf(argument),
  ]);
  const table = markdownTable(["Argument", "Meaning", "Default"], rows);
  return format(replaceBetween(readme, BEGIN, END, table), { parser: "markdown", printWidth: 100 });
}

/** One line: what an argument takes, whether it must be known at preview, and its default. */
function facts(argument: Argument): string {
  const { spec, check } = argument;
  const usual = defaultOf(argument);
  const ending = usual === "" ? [] : [usual === "required" ? usual : `default ${usual}`];
  return `_${[taken(spec, check), ...mustBeKnown(argument), ...ending].join("; ")}_`;
}

/** Objects must always be known; their properties have their own lines. */
function mustBeKnown({ spec, check }: Argument): string[] {
  const { kind } = check.accepts;
  if (spec.plain !== true || kind === "object") return [];
  return [kind === "map" ? "its keys must be known at preview" : "must be known at preview"];
}

function defaultOf({ spec, isRequired }: Argument): string {
  if (isRequired) return "required";
  return spec.default === undefined ? "" : `\`${String(spec.default)}\``;
}

/** Which values are accepted, in words. */
function taken(spec: TypeSpec, { accepts }: Check): string {
  switch (accepts.kind) {
    case "text":
      return "string";
    case "flag":
      return "`true` or `false`";
    case "number": {
      const { min, max, or, unit = "" } = accepts;
      const other = or === undefined ? "" : `, or ${or}`;
      return `number from ${min} to ${max} ${unit}`.trim() + other;
    }
    case "choice":
      return `one of ${accepts.values.map((value) => `\`${value}\``).join(", ")}`;
    case "list":
      return `list of ${taken(spec.items ?? {}, accepts.item)}s${sizeOf(accepts.min, accepts.max)}`;
    case "map":
      return `by key: ${taken(spec.additionalProperties ?? {}, accepts.item)}`;
    case "object": {
      const name = typeName(spec) ?? "";
      return `[${name}](#the-type-${name.toLowerCase()})`;
    }
  }
}

function sizeOf(min: number, max: number): string {
  if (max === Infinity) return min === 0 ? "" : `, ${min} or more`;
  return `, ${min} to ${max}`;
}

/** The first sentence of a description, up to the end of its paragraph. */
function summary({ description = "" }: PropertySpec): string {
  return description.split("\n\n")[0].replace(/\s+/g, " ").trim();
}
