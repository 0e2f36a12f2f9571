import { isOutput, isRecord } from "../shared/guards";
import type { ArgumentPath } from "./argumentPath";
import { runCheck, plain, type Check, type PlainCheck } from "./check";

/** A list without repetitions. */
export function list(item: Check, what: string, min = 0, max = Infinity): Check {
  return {
    accepts: { kind: "list", item, min, max },
    visit(value, at) {
      if (!Array.isArray(value)) {
        const remedy = "pass a list, even for a single value";
        at.report("type", `must be a list of ${what}`, value, remedy);
        return value;
      }
      // A list in JavaScript may have holes, which loops skip.
      const items: unknown[] = Array.from(value);
      const least = min === 1 ? "1 or more" : `at least ${min}`;
      const size = max === Infinity ? least : `${min} to ${max}`;
      if (items.length < min) {
        at.report("too-few", `must have ${size} ${what}`, items, `list ${size}`);
      }
      if (items.length > max) {
        const problem = `is above the limit: at most ${max} ${what} are allowed; remove it and all after it`;
        at.index(max).reportRemoval("too-many", problem);
      }
      const positions = new Map<unknown, number>();
      items.forEach((one, index) => {
        const first = positions.get(one) ?? index;
        positions.set(one, first);
        if (first === index || isOutput(one)) return;
        const must = `must not repeat ${at.index(first).path}`;
        at.index(index).report("repeated", must, one, "list each value once", REMOVE);
      });
      return items.map((one, index) => runCheck(item, one, at.index(index)));
    },
  };
}

const REMOVE = { remove: true } as const;

/** Values under keys that the user chooses. */
export function dictionary(
  item: Check,
  what: string,
  visitKey: (key: string, at: ArgumentPath) => void = () => undefined,
): Check {
  return {
    accepts: { kind: "map", item },
    visit(value, at) {
      if (!isRecord(value)) {
        const remedy = "write { key: value } instead";
        at.report("type", `must be an object of ${what}`, value, remedy);
        return value;
      }
      const entries = Object.entries(value).map(([key, one]): [string, unknown] => {
        visitKey(key, at.userKey(key));
        return [key, runCheck(item, one, at.userKey(key))];
      });
      return Object.fromEntries(entries);
    },
  };
}

/**
 * Values under keys that become part of resource names, so the keys must be known at preview. `outputs` are
 * those of the values that may be outputs.
 */
export function named(
  item: Check,
  what: string,
  outputs: string,
  visitKey: (key: string, at: ArgumentPath) => void = () => undefined,
): PlainCheck {
  const byKey = dictionary(item, what, (key, at) => {
    if (key.trim() === "") {
      const problem = "has an empty key, but the key is part of a resource name; choose a key";
      at.reportText("format", problem, REMOVE);
    }
    visitKey(key, at);
  });
  return plain(
    byKey,
    "its keys are part of resource names",
    `pass an object with plain keys, in which ${outputs} may be outputs`,
  );
}
