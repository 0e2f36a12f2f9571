import type { Summary } from "./statistics";
import { escaped, text } from "./svg";

export interface Dot {
  /** Chooses the colour. */
  readonly series: number;
  readonly ratio: Summary;
}

export interface Row {
  /** Written where it differs from the row above. */
  readonly group: string;
  readonly label: string;
  readonly dots: readonly Dot[];
}

export interface Chart {
  readonly title: string;
  readonly series: readonly string[];
  readonly rows: readonly Row[];
}

const LEFT = 350;
const RIGHT = 830;
const ROW_HEIGHT = 19;
const HEAD = 62;
const TICKS = [0.5, 0.8, 1, 1.25, 1.5, 2, 3, 4, 6, 8, 12, 16, 24];

/** A chart of ratios: a dot at the median, a line over the middle half, on a logarithmic scale. */
export function dotChart({ title, series, rows }: Chart, top: number) {
  const ticks = ticksFor(rows);
  const [least, most] = [Math.log(ticks[0]), Math.log(ticks[ticks.length - 1])];
  const x = (ratio: number) => LEFT + ((Math.log(ratio) - least) / (most - least)) * (RIGHT - LEFT);
  const bottom = top + HEAD + rows.length * ROW_HEIGHT;
  const grid = ticks.map((tick) => {
    const kind = tick === 1 ? "base" : "grid";
    const line = `<path class="${kind}" d="M${at(x(tick))} ${top + HEAD - 4}V${bottom}"/>`;
    return line + text(x(tick), bottom + 15, String(tick), "middle small");
  });
  const lines = rows.map((row, index) => {
    const y = top + HEAD + (index + 0.5) * ROW_HEIGHT;
    const isNew = index === 0 || rows[index - 1].group !== row.group;
    const group = isNew ? text(20, y + 4, row.group, "") : "";
    const dots = row.dots.map((dot, place) =>
      drawDot(dot, x, y + (place - (row.dots.length - 1) / 2) * 7),
    );
    return [group, text(LEFT - 14, y + 4, row.label, "end small"), ...dots].join("");
  });
  const head = [text(20, top + 20, title, "title"), ...legend(series, top + 42)];
  return { markup: [...head, ...grid, ...lines].join("\n"), bottom: bottom + 24 };
}

function drawDot({ series, ratio }: Dot, x: (ratio: number) => number, y: number): string {
  const { lower, median, upper, count } = ratio;
  const title = escaped(
    `${median.toFixed(2)} (${lower.toFixed(2)} to ${upper.toFixed(2)}, ${count} rounds)`,
  );
  return [
    `<g class="series${series}"><title>${title}</title>`,
    `<path d="M${at(x(lower))} ${at(y)}H${at(x(upper))}"/>`,
    `<circle cx="${at(x(median))}" cy="${at(y)}" r="3.6"/></g>`,
  ].join("");
}

function legend(series: readonly string[], y: number): string[] {
  return series.map((name, index) => {
    const start = 20 + index * 220;
    const mark = `<g class="series${index}"><circle cx="${start + 4}" cy="${y - 4}" r="3.6"/></g>`;
    return mark + text(start + 14, y, name, "small");
  });
}

/** From the tick below the least value to the one above the greatest. */
function ticksFor(rows: readonly Row[]): number[] {
  const dots = rows.flatMap((row) => row.dots);
  const least = Math.min(0.9, ...dots.map(({ ratio }) => ratio.lower));
  const most = Math.max(1.1, ...dots.map(({ ratio }) => ratio.upper));
  const first = TICKS.filter((tick) => tick <= least).length - 1;
  const last = TICKS.findIndex((tick) => tick >= most);
  return TICKS.slice(Math.max(first, 0), last === -1 ? undefined : last + 1);
}

const at = (value: number) => value.toFixed(1);
