import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Mark, Second } from "../model";

/** How many seconds the charts show. */
export const WINDOW = 120;
const HEIGHT = 190;

/** Marks that are closer, in pixels, share a label. */
const CLOSE = 34;

type Points = (number | null | undefined)[];

/** One chart over time, with a numbered line at each mark. */
class Chart {
  private readonly plot: uPlot;
  private marks: readonly Mark[] = [];

  constructor(
    parent: HTMLElement,
    private readonly colors: readonly string[],
    fills: boolean,
  ) {
    const color = (name: string) =>
      getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const axis = {
      stroke: () => color("--soft"),
      grid: { stroke: () => color("--grid"), width: 1 },
      ticks: { show: false },
      font: "12px system-ui, sans-serif",
    };
    const time = (_: uPlot, values: number[]) =>
      values.map((value) =>
        new Date(value * 1000).toLocaleTimeString(undefined, {
          hour: "2-digit",
          minute: "2-digit",
          second: "2-digit",
          hour12: false,
        }),
      );
    this.plot = new uPlot(
      {
        width: Math.max(parent.clientWidth, 200),
        height: HEIGHT,
        legend: { show: false },
        cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
        padding: [22, 10, 0, 0],
        scales: { x: { time: true }, y: { range: (_, __, most) => [0, Math.max(most * 1.15, 1)] } },
        series: [
          {},
          ...this.colors.map((name, index) => ({
            stroke: () => color(name),
            width: 2,
            fill: fills && index === 0 ? () => color("--area") : undefined,
            points: { show: false },
          })),
        ],
        axes: [
          { ...axis, values: time, space: 90, size: 28 },
          { ...axis, size: 46, space: 34 },
        ],
        hooks: {
          draw: [
            (plot) => {
              this.drawMarks(plot, color);
            },
          ],
        },
      },
      [[], ...this.colors.map(() => [])],
      parent,
    );
    new ResizeObserver(() => {
      this.plot.setSize({ width: Math.max(parent.clientWidth, 200), height: HEIGHT });
    }).observe(parent);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.plot.redraw();
    });
  }

  show(times: number[], values: Points[], marks: readonly Mark[]): void {
    this.marks = marks;
    this.plot.batch(() => {
      this.plot.setData([times, ...values], true);
      const end = times.at(-1);
      if (end !== undefined) this.plot.setScale("x", { min: end - WINDOW, max: end });
    });
  }

  private drawMarks(plot: uPlot, color: (name: string) => string): void {
    const { ctx, bbox } = plot;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.font = `600 ${10 * ratio}px system-ui, sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineWidth = ratio;
    const places = this.marks
      .map((mark) => ({ mark, x: Math.round(plot.valToPos(mark.at / 1000, "x", true)) }))
      .filter(({ x }) => x >= bbox.left && x <= bbox.left + bbox.width);
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    for (const { mark, x } of places) {
      ctx.strokeStyle = color(`--${mark.tone}`);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.setLineDash([]);
    const labels: { x: number; first: number; last: number; tone: Mark["tone"] }[] = [];
    for (const { mark, x } of places) {
      const before = labels.at(-1);
      if (before === undefined || x - before.x > CLOSE * ratio) {
        labels.push({ x, first: mark.id, last: mark.id, tone: mark.tone });
      } else {
        before.last = mark.id;
        if (mark.tone === "bad" || before.tone === "info") before.tone = mark.tone;
      }
    }
    for (const { x, first, last, tone } of labels) {
      const text = first === last ? String(first) : `${first}–${last}`;
      const half = ctx.measureText(text).width / 2 + 6 * ratio;
      ctx.fillStyle = color(`--${tone}`);
      ctx.beginPath();
      ctx.roundRect(x - half, bbox.top - 19 * ratio, 2 * half, 16 * ratio, 8 * ratio);
      ctx.fill();
      ctx.fillStyle = color("--on-tone");
      ctx.fillText(text, x, bbox.top - 10.5 * ratio);
    }
    ctx.restore();
  }
}

/** Requests, errors and latency over the last minutes. */
export class Charts {
  private readonly rates: Chart;
  private readonly latency: Chart;

  constructor(rates: HTMLElement, latency: HTMLElement) {
    this.rates = new Chart(rates, ["--accent", "--bad"], true);
    this.latency = new Chart(latency, ["--accent", "--violet"], false);
  }

  show(seconds: readonly Second[], marks: readonly Mark[]): void {
    const shown = seconds.slice(-WINDOW);
    const times = shown.map(({ at }) => at);
    const column = (of: (second: Second) => number | undefined) =>
      shown.map((second) => of(second) ?? null);
    // Where there are no errors, there is no line.
    const errors = shown.map(({ errors: count }, index) => {
      const near = [shown.at(Math.max(index - 1, 0)), shown.at(index + 1)];
      return count > 0 || near.some((second) => (second?.errors ?? 0) > 0) ? count : null;
    });
    this.rates.show(times, [column((one) => one.requests), errors], marks);
    this.latency.show(times, [column((one) => one.p50), column((one) => one.p95)], marks);
  }
}
