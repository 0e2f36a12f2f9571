import { isRecord } from "../shared/guards";
import { runCheck, type Check, type PlainCheck } from "./check";
import { checkRelations, type Relation } from "./relations";
import { listed, similar } from "./suggestion";

/**
 * A check for each property of an argument's type. It does not compile if a check is missing, or accepts an
 * output that the type does not allow.
 */
export type ChecksOf<Args> = {
  readonly [Key in keyof Required<Args>]: Promise<never> extends Args[Key] ? Check : PlainCheck;
};

interface Options<Args> {
  /** The properties that are required. */
  readonly required?: readonly (keyof Args & string)[];
  /** The remedy if a required property is missing. */
  readonly missing?: { readonly [Key in keyof Args]?: string };
  /** The remedy for a name that the AWS provider or another tool uses for one of the properties. */
  readonly otherNames?: Readonly<Record<string, string>>;
  readonly relations?: readonly Relation[];
  /** The values of properties that are left out. */
  readonly defaults?: Readonly<Record<string, unknown>>;
}

/** An object with these properties and no others. Properties that are left out get their defaults. */
export function object<Args = never>(
  properties: ChecksOf<Args>,
  options?: Options<Args>,
): PlainCheck;
export function object(
  properties: Readonly<Record<string, Check>>,
  {
    required = [],
    missing = {},
    otherNames = {},
    relations = [],
    defaults = {},
  }: Options<Record<string, unknown>> = {},
): PlainCheck {
  return {
    accepts: { kind: "object", properties },
    plain: {
      because: "this decides what is created",
      instead: "pass an object, in which values may be outputs where their types allow it",
    },
    visit(value, at) {
      if (!isRecord(value)) {
        const remedy = `pass an object, which can have the properties ${listed(Object.keys(properties))}`;
        at.report("type", "must be an object", value, remedy);
        return value;
      }
      const given: Record<string, unknown> = {};
      const advise = adviser(Object.keys(properties), otherNames);
      for (const [key, one] of Object.entries(value)) {
        const check = Object.hasOwn(properties, key) ? properties[key] : undefined;
        if (check === undefined) {
          const { remedy, rename } = advise(key);
          at.userKey(key).reportRemoval("unknown", `is not an argument; ${remedy}`, rename);
        } else if (one !== undefined) given[key] = runCheck(check, one, at.key(key));
      }
      for (const key of required) {
        if (given[key] !== undefined) continue;
        const remedy = missing[key] ?? valueFor(properties[key]);
        at.key(key).reportText("required", `is required; ${remedy}`);
      }
      return { ...defaults, ...checkRelations(given, relations, at, defaults) };
    },
  };
}

/** The remedy for a required property that is missing. */
function valueFor({ accepts }: Check): string {
  return accepts.kind === "choice"
    ? `set it to one of ${listed(accepts.values)}`
    : "give it a value";
}

/** Returns the remedy for each unknown name. The known names are listed only in the first one. */
function adviser(
  known: readonly string[],
  otherNames: Readonly<Record<string, string>>,
): (key: string) => { remedy: string; rename?: string } {
  let isListed = false;
  return (key) => {
    if (Object.hasOwn(otherNames, key)) return { remedy: otherNames[key] };
    const rename = similar(key, known);
    if (rename !== undefined) return { remedy: `did you mean ${rename}?`, rename };
    if (isListed) return { remedy: "remove it" };
    isListed = true;
    return { remedy: `use one of ${listed(known)}` };
  };
}
