import type { Check } from "./check";
import type { Edit } from "./problem";

export function flag(): Check {
  return {
    accepts: { kind: "flag" },
    visit(value, at) {
      if (typeof value !== "boolean") {
        const { remedy, edit } = withoutQuotes(value, "use true or false");
        at.report("type", "must be true or false", value, remedy, edit);
      }
      return value;
    },
  };
}

/** How AWS writes "the same port", and the remedy for each. */
const SAME_PORT = new Map([
  ["traffic-port", "remove it to check each target on the port on which it receives traffic"],
  ["#{port}", "remove it to keep the port of the request"],
]);

/** A whole number from `min` to `max`, or the number `or`. */
export function whole(min: number, max: number, unit = "", or?: number): Check {
  const other = or === undefined ? "" : `${or} or `;
  const number = unit === "" ? "whole number" : `whole number of ${unit}`;
  return {
    accepts: { kind: "number", min, max, or, unit },
    visit(value, at) {
      const inRange =
        typeof value === "number" &&
        Number.isInteger(value) &&
        ((value >= min && value <= max) || value === or);
      if (!inRange) {
        const must = `must be ${other}a ${number} from ${min} to ${max}`;
        const code = typeof value === "number" ? "range" : "type";
        const { remedy, edit } = withoutQuotes(value, "use a number in this range");
        at.report(code, must, value, remedy, edit);
      }
      return value;
    },
  };
}

/** A string that passes the test; `must` says what it must be. The remedy may depend on the value. */
export function text(
  must: string,
  test: (value: string) => boolean,
  remedy: string | ((value: unknown) => string),
  edit?: Edit,
): Check {
  return {
    accepts: { kind: "text" },
    visit(value, at) {
      if (typeof value !== "string" || !test(value)) {
        const code = typeof value === "string" ? "format" : "type";
        const advice = typeof remedy === "string" ? remedy : remedy(value);
        at.report(code, `must be ${must}`, value, advice, edit);
      }
      return value;
    },
  };
}

/** An ID in AWS's format. An ID from an output is accepted as it is, because it comes from a resource. */
export function awsId(prefix: string, what: string): Check {
  const pattern = new RegExp(`^${prefix}-[0-9A-Za-z]+$`);
  const must = `must be the ID of ${what} ("${prefix}-...")`;
  return {
    accepts: { kind: "text" },
    visit(value, at) {
      const right =
        typeof value === "string" && (at.isFromOutput ? value !== "" : pattern.test(value));
      if (!right) {
        const remedy = "use the ID, not a name, an ARN or the resource";
        at.report("format", must, value, remedy);
      }
      return value;
    },
  };
}

export function choice(values: Readonly<Record<string, string>>): Check {
  const known = Object.values(values);
  return {
    accepts: { kind: "choice", values: known },
    visit(value, at) {
      if (typeof value !== "string" || !known.includes(value)) {
        const isScalar = typeof value === "number" || typeof value === "boolean";
        const string = isScalar ? known.find((one) => one === String(value)) : undefined;
        const remedy =
          string === undefined
            ? "use one of these values, exactly as written"
            : `write "${string}", in quotes`;
        at.report("choice", `must be one of the strings ${known.join(", ")}`, value, remedy);
      }
      return value;
    },
  };
}

function withoutQuotes(value: unknown, otherwise: string): { remedy: string; edit?: Edit } {
  if (typeof value !== "string") return { remedy: otherwise };
  const samePort = SAME_PORT.get(value);
  if (samePort !== undefined) return { remedy: samePort, edit: { remove: true } };
  return /^\s*(\d+|true|false)\s*$/.test(value)
    ? { remedy: `write ${value.trim()} without quotes` }
    : { remedy: otherwise };
}
