import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { closest, distance } from "fastest-levenshtein";

/** One thing that is wrong with the arguments. */
export interface Problem {
  readonly propertyPath: string;
  /** Names the property again, then the rule, the value and the remedy. */
  readonly reason: string;
  /** Whether leaving the property out is the remedy. */
  readonly superfluous?: boolean;
}

/** The error that reports all problems at once. */
export function refusal(name: string, problems: readonly Problem[]): pulumi.InputPropertiesError {
  const reasons = problems.map(({ reason }) => reason);
  const list = reasons.length === 1 ? reasons.join() : reasons.map((r) => `\n  - ${r}`).join("");
  const count = reasons.length === 1 ? "" : `${reasons.length} problems:`;
  const error = new pulumi.InputPropertiesError({
    message: `invalid arguments for LoadBalancedGroup '${name}': ${count}${list}`,
    errors: problems.map(({ propertyPath, reason }) => ({ propertyPath, reason })),
  });
  // With a stack, Pulumi prints the whole object; the message alone says what is wrong and where.
  error.stack = undefined;
  return error;
}

/** Where a value stands in the arguments, and what is known of it. */
export class Place {
  constructor(
    readonly group: string,
    readonly path: string,
    readonly problems: Problem[],
    /** Whether the value came out of an output, and so may be another resource's. */
    readonly resolved = false,
    private readonly secret = false,
  ) {}

  key(key: string): Place {
    const step = /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    return this.to(this.path === "" ? key : this.path + step);
  }

  index(index: number): Place {
    return this.to(`${this.path}[${index}]`);
  }

  report(must: string, value: unknown, remedy: string): void {
    this.state(`${must}, got ${this.shown(value)}; ${remedy}`);
  }

  /** A value as it may be shown in a message. */
  shown(value: unknown): string {
    return this.secret ? "a secret value" : show(value);
  }

  /** Reports in words of one's own, in which values are `shown`. */
  state(problem: string): void {
    const subject = this.path === "" ? "the arguments" : this.path;
    this.problems.push({ propertyPath: this.path, reason: `${subject} ${problem}` });
  }

  /** Reports what is not to be there at all. */
  refuse(problem: string): void {
    const reason = `${this.path} ${problem}`;
    this.problems.push({ propertyPath: this.path, reason, superfluous: true });
  }

  /** Judges a value when it becomes known, and lets it through only when it is right. */
  whenKnown<T>(value: pulumi.Input<T>, judge: (value: unknown, at: Place) => void) {
    const output = pulumi.output(value);
    return output.apply(async (known) => {
      const problems: Problem[] = [];
      const secret = await pulumi.isSecret(output);
      judge(known, new Place(this.group, this.path, problems, true, secret));
      if (problems.length > 0) throw refusal(this.group, problems);
      return known;
    });
  }

  private to(path: string): Place {
    return new Place(this.group, path, this.problems, this.resolved, this.secret);
  }
}

/** How a value is judged. */
export interface Rule {
  /** What to do instead of passing an output, where one can't be taken. */
  readonly plain?: string;
  /** Reports what is wrong and gives back the value, its outputs replaced by judged ones. */
  visit(value: unknown, at: Place): unknown;
}

/** Judges a value, now or when it becomes known. */
export function judged<T>(rule: Rule, value: T, at: Place): T;
export function judged(rule: Rule, value: unknown, at: Place): unknown {
  if (!isOutput(value)) return rule.visit(value, at);
  if (rule.plain !== undefined) {
    at.state(`must be a plain value, got an output or a secret; ${rule.plain}`);
    return value;
  }
  return at.whenKnown(value, (known, there) => {
    if (known !== undefined) rule.visit(known, there);
  });
}

/** A rule whose value can't be an output; `instead` says what to do. */
export function plain(rule: Rule, instead: string): Rule {
  return { plain: instead, visit: (value, at) => rule.visit(value, at) };
}

export function flag(): Rule {
  return {
    visit(value, at) {
      if (typeof value !== "boolean")
        at.report("must be true or false", value, withoutQuotes(value, "write one of them"));
      return value;
    },
  };
}

/** A whole number from `min` to `max`, or the one value `or` outside of them. */
export function whole(min: number, max: number, unit = "", or?: number): Rule {
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
export function text(must: string, test: (value: string) => boolean, remedy: string): Rule {
  return {
    visit(value, at) {
      if (typeof value !== "string" || !test(value)) at.report(`must be ${must}`, value, remedy);
      return value;
    },
  };
}

/** An id that AWS gave; one that comes out of an output is another resource's, so taken as it is. */
export function awsId(prefix: string, what: string): Rule {
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

export function choice(values: Readonly<Record<string, string>>): Rule {
  const known = Object.values(values);
  return text(
    `one of ${known.join(", ")}`,
    (value) => known.includes(value),
    "choose one of these, spelled as here",
  );
}

/** A list without repetitions. */
export function list(item: Rule, what: string, min = 0, max = Infinity): Rule {
  return {
    visit(value, at) {
      if (!Array.isArray(value)) {
        at.report(`must be a list of ${what}`, value, "put it in brackets, even if it is only one");
        return value;
      }
      const items: unknown[] = value;
      const size = max === Infinity ? `at least ${min}` : `${min} to ${max}`;
      if (items.length < min) {
        at.report(`must name ${size} ${what}`, items, `name ${size} of them`);
      }
      if (items.length > max) {
        at.index(max).refuse(`is one too many: at most ${max} ${what} are possible; leave it out`);
      }
      items.forEach((one, index) => {
        const first = items.indexOf(one);
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
  item: Rule,
  what: string,
  visitKey: (key: string, at: Place) => void,
): Rule {
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

/** A rule about several properties, which is judged when all of them are known. */
export interface Relation {
  readonly of: readonly string[];
  /** Whether the properties are objects whose outputs count too; one held back is an output as a whole. */
  readonly within?: true;
  judge(values: Readonly<Record<string, unknown>>, at: Place): void;
}

/** An object with these properties and no others; those in `required` must be given. */
export function object(
  properties: Readonly<Record<string, Rule>>,
  { required = [], relations = [] }: { required?: string[]; relations?: Relation[] } = {},
): Rule {
  return {
    plain: "pass an object; the values in it may be outputs where their types say so",
    visit(value, at) {
      if (!isRecord(value)) {
        at.report("must be an object", value, `write { ${Object.keys(properties).join(", ")} }`);
        return value;
      }
      const checked: Record<string, unknown> = {};
      for (const [key, one] of Object.entries(value)) {
        const rule = Object.hasOwn(properties, key) ? properties[key] : undefined;
        if (rule === undefined) at.key(key).refuse(unknownProperty(key, Object.keys(properties)));
        else if (one !== undefined) checked[key] = judged(rule, one, at.key(key));
      }
      for (const key of required) {
        if (checked[key] === undefined) at.key(key).state("is required; give it a value");
      }
      return related(checked, relations, at);
    },
  };
}

/** Judges what several values have to do with one another, and gives them back judged. */
export function related(
  values: Record<string, unknown>,
  relations: readonly Relation[],
  at: Place,
): Record<string, unknown> {
  for (const relation of relations) relate(relation, values, at);
  return values;
}

/** Judges a relation now, or holds the first unknown of its values back until it can be judged. */
function relate(relation: Relation, values: Record<string, unknown>, at: Place): void {
  const { within = false } = relation;
  const later = relation.of.find((key) => isLater(values[key], within));
  if (later === undefined) {
    relation.judge(values, at);
    return;
  }
  const own = values[later];
  const known = pulumi.output(Object.fromEntries(relation.of.map((key) => [key, values[key]])));
  const right = at.whenKnown(known, (all, there) => {
    if (isRecord(all)) relation.judge(all, there);
  });
  values[later] = pulumi.all([own, right]).apply(([value]) => value);
}

function isLater(value: unknown, within: boolean): boolean {
  return isOutput(value) || (within && isRecord(value) && Object.values(value).some(isOutput));
}

function unknownProperty(key: string, known: string[]): string {
  return `is not an argument here; ${suggestion(key, known)}`;
}

/** What was meant by a name that is not known, or what could be. */
export function suggestion(key: string, known: readonly string[]): string {
  const nearest = closest(key, known);
  const near = distance(key.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, key.length / 3);
  return near ? `did you mean ${nearest}?` : `the known ones are ${known.join(", ")}`;
}

function withoutQuotes(value: unknown, otherwise: string): string {
  return typeof value === "string" && /^\s*(\d+|true|false)\s*$/.test(value)
    ? `write ${value.trim()} without quotes`
    : otherwise;
}

function isOutput(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Whether a value is an object with keys, and no list or output. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isOutput(value);
}

const LONGEST_SHOWN = 80;

function show(value: unknown): string {
  const written = write(value, 2);
  return written.length > LONGEST_SHOWN ? `${written.slice(0, LONGEST_SHOWN)}...` : written;
}

/** Values as one would write them; what can't be written is named. */
function write(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (isOutput(value)) return "an output";
  if (pulumi.Resource.isInstance(value)) return "a resource";
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) {
    return depth === 0 ? "[...]" : `[${value.map((one) => write(one, depth - 1)).join(", ")}]`;
  }
  if (isRecord(value)) {
    const entries = Object.entries(value).map(([key, one]) => `${key}: ${write(one, depth - 1)}`);
    return depth === 0 ? "{...}" : `{ ${entries.join(", ")} }`;
  }
  return inspect(value);
}

/** A property of what may or may not be an object. */
export function valueAt(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The keys and values of what may or may not be an object. */
export function entriesOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}

/** The strings in a list that may hold other things, or not be one. */
export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
