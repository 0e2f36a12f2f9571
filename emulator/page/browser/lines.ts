import type { Flow } from "../model";
import { svg } from "./dom";

/** A line of the map, between two elements of it. */
export interface Line {
  readonly id: string;
  readonly from: Element;
  readonly to: Element;
  /** Which gap between the layers it crosses, counted from the clients. */
  readonly layer: number;
  readonly state: string;
  /** Of the requests that come to its beginning, from 0 to 1. */
  readonly share: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line as points at equal distances. */
interface Course {
  readonly points: readonly Point[];
  readonly length: number;
}

interface Dot {
  readonly element: SVGElement;
  readonly courses: readonly Course[];
  readonly startsAt: number;
}

const POINTS = 24;
/** In pixels a millisecond. */
const PACE = 0.22;
const MOST_DOTS = 90;
const MOST_OF_ONE_FLOW = 2;
/** Flows are told four times a second; the dots start spread over that time. */
const SPREAD = 250;

/** The lines between the cards, and the requests that run along them. */
export class Lines {
  readonly element = svg("svg", { class: "lines", "aria-hidden": "true" });
  private readonly drawn = svg("g");
  private readonly running = svg("g");
  private readonly courses = new Map<string, Course>();
  private readonly calm = matchMedia("(prefers-reduced-motion: reduce)");
  private dots: Dot[] = [];
  private isMoving = false;

  constructor() {
    this.element.append(this.drawn, this.running);
  }

  draw(lines: readonly Line[]): void {
    const frame = this.element.getBoundingClientRect();
    this.courses.clear();
    this.drawn.replaceChildren(
      ...lines.map((line) => {
        const path = svg("path", { d: pathOf(line, frame), class: `line ${line.state}` });
        path.style.strokeWidth = String(1.5 + line.share * 3);
        return path;
      }),
    );
    lines.forEach(({ id }, index) => {
      const path = this.drawn.children[index];
      if (!(path instanceof SVGPathElement)) return;
      const length = path.getTotalLength();
      const points = Array.from({ length: POINTS + 1 }, (_, step) =>
        path.getPointAtLength((length * step) / POINTS),
      );
      this.courses.set(id, { points, length });
    });
  }

  /** Lets requests run along the lines that they took. */
  run({ count, failed }: Flow, ids: readonly string[]): void {
    const courses = ids.flatMap((id) => this.courses.get(id) ?? []);
    if (this.calm.matches || document.hidden || courses.length === 0) return;
    const shown = Math.min(count, MOST_OF_ONE_FLOW);
    for (let index = 0; index < shown && this.dots.length < MOST_DOTS; index += 1) {
      const isFailed = index < Math.ceil((failed / count) * shown);
      const element = isFailed
        ? svg("path", { class: "dot failed", d: "M-5-5 5 5M5-5-5 5" })
        : svg("circle", { class: "dot", r: 3 });
      element.style.visibility = "hidden";
      this.running.append(element);
      const startsAt = performance.now() + Math.random() * SPREAD;
      this.dots.push({ element, courses, startsAt });
    }
    if (!this.isMoving && this.dots.length > 0) {
      this.isMoving = true;
      requestAnimationFrame((now) => {
        this.move(now);
      });
    }
  }

  private move(now: number): void {
    this.dots = this.dots.filter(({ element, courses, startsAt }) => {
      let way = (now - startsAt) * PACE;
      if (way < 0) return true;
      const course = courses.find(({ length }) => {
        way -= length;
        return way < 0;
      });
      if (course === undefined) {
        element.remove();
        return false;
      }
      const { points, length } = course;
      const place = ((way + length) / length) * POINTS;
      const [before, after] = [points[Math.floor(place)], points[Math.ceil(place)]];
      const part = place % 1;
      const x = before.x + (after.x - before.x) * part;
      const y = before.y + (after.y - before.y) * part;
      element.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
      element.style.visibility = "visible";
      return true;
    });
    this.isMoving = this.dots.length > 0;
    if (this.isMoving) {
      requestAnimationFrame((next) => {
        this.move(next);
      });
    }
  }
}

/** A curve from the right of one card to the left of the next, or down the margin where they lie below one another. */
function pathOf({ from, to, layer }: Line, frame: DOMRect): string {
  const [start, end] = [from.getBoundingClientRect(), to.getBoundingClientRect()];
  const y = (box: DOMRect) => Math.round(box.top + box.height / 2 - frame.top);
  const [y1, y2] = [y(start), y(end)];
  if (start.right <= end.left) {
    const [x1, x2] = [start.right - frame.left, end.left - frame.left];
    const bend = (x2 - x1) / 2;
    return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  }
  const [x1, x2] = [start.left - frame.left, end.left - frame.left];
  const rail = 5 + layer * 6;
  const round = Math.min(6, Math.abs(y2 - y1) / 2);
  return (
    `M${x1} ${y1}H${rail + round}Q${rail} ${y1} ${rail} ${y1 + round}` +
    `V${y2 - round}Q${rail} ${y2} ${rail + round} ${y2}H${x2}`
  );
}
