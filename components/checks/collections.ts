import type { ArgumentPath } from "./argumentPath";
import { judged, type Check } from "./check";
import { isOutput, isRecord } from "../shared/guards";

/** A list without repetitions. */
export function list(item: Check, what: string, min = 0, max = Infinity): Check {
  return {
    visit(value, at) {
      if (!Array.isArray(value)) {
        at.report(`must be a list of ${what}`, value, "put it in brackets, even if it is only one");
        return value;
      }
      // A list in JavaScript may have holes, which loops pass over.
      const items: unknown[] = Array.from(value);
      const size = max === Infinity ? `at least ${min}` : `${min} to ${max}`;
      if (items.length < min) {
        at.report(`must name ${size} ${what}`, items, `name ${size} of them`);
      }
      if (items.length > max) {
        at.index(max).refuse(`is one too many: at most ${max} ${what} are possible; leave it out`);
      }
      const positions = new Map<unknown, number>();
      items.forEach((one, index) => {
        const first = positions.get(one) ?? index;
        positions.set(one, first);
        if (first === index || isOutput(one)) return;
        at.index(index).report(
          `must not repeat ${at.index(first).path}`,
          one,
          "name each only once",
        );
      });
      return items.map((one, index) => judged(item, one, at.index(index)));
    },
  };
}

/** Values under keys of the user's own. */
export function dictionary(
  item: Check,
  what: string,
  visitKey: (key: string, at: ArgumentPath) => void,
): Check {
  return {
    visit(value, at) {
      if (!isRecord(value)) {
        at.report(
          `must be an object of ${what}`,
          value,
          "write { key: value } with keys of your own",
        );
        return value;
      }
      const entries = Object.entries(value).map(([key, one]): [string, unknown] => {
        visitKey(key, at.key(key));
        return [key, judged(item, one, at.key(key))];
      });
      return Object.fromEntries(entries);
    },
  };
}
