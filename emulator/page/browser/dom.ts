type Child = Node | string | undefined;

interface Properties {
  readonly class?: string;
  readonly on?: Readonly<Partial<Record<string, (event: Event) => void>>>;
  readonly [attribute: string]: unknown;
}

function furnish(element: Element, properties: Properties, children: readonly Child[]): void {
  const { on = {}, ...attributes } = properties;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (typeof value === "string" || typeof value === "number") {
      element.setAttribute(name, String(value));
    }
  }
  for (const [name, listener] of Object.entries(on)) {
    if (listener !== undefined) element.addEventListener(name, listener);
  }
  element.append(...children.filter((child) => child !== undefined));
}

/** Makes an element. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  furnish(element, properties, children);
  return element;
}

export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  furnish(element, properties, children);
  return element;
}

/** The element of the page that has the id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

/** Sets a text, without touching the page where it is the same. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** An element of a list, and how it shows another item. */
export interface Row<Item> {
  readonly element: Element;
  update(item: Item): void;
}

/** Keeps a list's elements in step with its items: what stays keeps its element, and with it the focus. */
export class List<Item> {
  private rows = new Map<string, Row<Item>>();

  constructor(
    private readonly parent: Element,
    private readonly keyOf: (item: Item) => string,
    private readonly create: (item: Item) => Row<Item>,
  ) {}

  show(items: readonly Item[]): void {
    const rows = new Map(
      items.map((item) => {
        const key = this.keyOf(item);
        return [key, this.rows.get(key) ?? this.create(item)];
      }),
    );
    for (const [key, { element }] of this.rows) {
      if (!rows.has(key)) element.remove();
    }
    items.forEach((item, index) => {
      const row = rows.get(this.keyOf(item));
      if (row === undefined) return;
      row.update(item);
      const there = this.parent.children.item(index);
      if (there !== row.element) this.parent.insertBefore(row.element, there);
    });
    this.rows = rows;
  }
}

/** A table with a caption for screen readers. */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Child[])[],
): HTMLTableElement {
  return el(
    "table",
    {},
    el("caption", { class: "hidden" }, caption),
    el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))),
    el(
      "tbody",
      {},
      ...rows.map((cells) => el("tr", {}, ...cells.map((cell) => el("td", {}, cell)))),
    ),
  );
}

const SHAPES: Readonly<Record<string, string>> = {
  healthy: "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm3.4 4.2L7 9.6 4.9 7.5 3.8 8.6 7 11.8l5.5-5.5Z",
  unhealthy:
    "M5.1 1h5.8L15 5.1v5.8L10.900 15H5.1L1 10.900V5.1Zm.3 3.300L4.300 5.400 6.900 8l-2.600 2.600 1.100 1.100L8 9.100l2.600 2.600 1.100-1.100L9.100 8l2.600-2.600-1.100-1.100L8 6.900Z",
  initial: "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 1.600v10.800A5.400 5.400 0 0 0 8 2.600Z",
  draining: "M1.500 2.500h13L8 14.500Z",
  unused:
    "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 1.600a5.400 5.400 0 1 0 0 10.800A5.400 5.400 0 0 0 8 2.600Z",
  unavailable: "M1 6.800h14v2.400H1Z",
};

/** A state as a shape and a word. */
export function badge(state: string, text = state): HTMLSpanElement {
  return el(
    "span",
    { class: `badge ${state}` },
    svg(
      "svg",
      { viewBox: "0 0 16 16", width: 12, height: 12, "aria-hidden": "true" },
      svg("path", { d: SHAPES[state] ?? SHAPES.unused, "fill-rule": "evenodd" }),
    ),
    text,
  );
}
