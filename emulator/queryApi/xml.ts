/** What an element holds: text, further elements, or several of the same name. */
export type Content = string | number | undefined | Elements | readonly Elements[];

export interface Elements {
  readonly [name: string]: Content;
}

/** Elements as XML, without those that hold nothing; several of one name are written one by one. */
export function xml(elements: Elements): string {
  return Object.entries(elements)
    .flatMap(([name, content]) =>
      isList(content) ? content.map((one) => element(name, one)) : element(name, content),
    )
    .join("");
}

function element(name: string, content: string | number | undefined | Elements): string {
  if (content === undefined) return "";
  const inner = typeof content === "object" ? xml(content) : escaped(String(content));
  // A namespace is written at the beginning only.
  return `<${name}>${inner}</${name.split(" ")[0]}>`;
}

const isList = (content: Content): content is readonly Elements[] => Array.isArray(content);

function escaped(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}
