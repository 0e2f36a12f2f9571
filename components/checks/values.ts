import type { Check } from "./check";

export function flag(): Check {
  return {
    visit(value, at) {
      if (typeof value !== "boolean")
        at.report("must be true or false", value, withoutQuotes(value, "write one of them"));
      return value;
    },
  };
}

/** What AWS writes for a port that is not another one. */
const SAME_PORT = ["traffic-port", "#{port}"];

/** A whole number from `min` to `max`, or the one value `or` outside of them. */
export function whole(min: number, max: number, unit = "", or?: number): Check {
  const other = or === undefined ? "" : `${or} or `;
  const number = unit === "" ? "whole number" : `whole number of ${unit}`;
  return {
    visit(value, at) {
      const inRange =
        typeof value === "number" &&
        Number.isInteger(value) &&
        ((value >= min && value <= max) || value === or);
      if (!inRange) {
        const must = `must be ${other}a ${number} from ${min} to ${max}`;
        at.report(must, value, withoutQuotes(value, "choose one in that range"));
      }
      return value;
    },
  };
}

/** A string; `must` says what it is to be. */
export function text(must: string, test: (value: string) => boolean, remedy: string): Check {
  return {
    visit(value, at) {
      if (typeof value !== "string" || !test(value)) at.report(`must be ${must}`, value, remedy);
      return value;
    },
  };
}

/** An id that AWS gave; one that comes out of an output is another resource's, so taken as it is. */
export function awsId(prefix: string, what: string): Check {
  const pattern = new RegExp(`^${prefix}-[0-9A-Za-z]+$`);
  const wanted = `must be the id of ${what}, ${prefix}-...`;
  return {
    visit(value, at) {
      const right = typeof value === "string" && (at.resolved ? value !== "" : pattern.test(value));
      if (!right) at.report(wanted, value, `pass the id, not a name, an ARN or the resource`);
      return value;
    },
  };
}

export function choice(values: Readonly<Record<string, string>>): Check {
  const known = Object.values(values);
  return text(
    `one of ${known.join(", ")}`,
    (value) => known.includes(value),
    "choose one of these, spelled as here",
  );
}

function withoutQuotes(value: unknown, otherwise: string): string {
  if (typeof value === "string" && SAME_PORT.includes(value))
    return "leave it out for the same port";
  return typeof value === "string" && /^\s*(\d+|true|false)\s*$/.test(value)
    ? `write ${value.trim()} without quotes`
    : otherwise;
}
