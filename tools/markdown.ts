/** A table in Markdown, which the formatter aligns. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/** The page with this text between the two marks, instead of the text that is there. */
export function replaceBetween(page: string, begin: string, end: string, text: string): string {
  const [before, rest = ""] = page.split(begin);
  return [before + begin, text, rest.slice(rest.indexOf(end))].join("\n\n");
}
