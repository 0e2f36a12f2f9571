import { valueAt } from "../components/checks";

/** A step of a path: the key of an object or the position in a list. */
export interface Step {
  readonly step: string | number;
  /** The position in the path where this step ends. */
  readonly end: number;
}

const STEP = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g;

/** The steps of a path in Pulumi's notation: a.b[0]["c.d"]. */
export function stepsOf(path: string): Step[] {
  return [...path.matchAll(STEP)].map((match) => {
    const [, quoted, position, name] = [0, 1, 2, 3].map((group) => match.at(group));
    const end = match.index + match[0].length;
    if (position !== undefined) return { step: Number(position), end };
    return { step: name ?? String(JSON.parse(`"${quoted ?? ""}"`)), end };
  });
}

/** The value at the end of these steps; undefined if there is none. */
export function valueBy(value: unknown, steps: readonly Step["step"][]): unknown {
  return steps.reduce<unknown>((found, step) => {
    if (!Array.isArray(found)) return valueAt(found, String(step));
    const items: unknown[] = found;
    return typeof step === "number" ? items.at(step) : undefined;
  }, value);
}
