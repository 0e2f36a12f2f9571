import { isRecord } from "../shared/guards";
import { runCheck, type Check, type PlainCheck } from "./check";
import { checkRelations, type Relation } from "./relations";
import { listed, similar } from "./suggestion";

/**
 * A check for each property of an argument's type: one that is forgotten does not compile, nor one that takes
 * an output where the type does not.
 */
export type ChecksOf<Args> = {
  readonly [Key in keyof Required<Args>]: Promise<never> extends Args[Key] ? Check : PlainCheck;
};

interface Options<Args> {
  /** What must be given. */
  readonly required?: readonly (keyof Args & string)[];
  /** What to do about one of these that is missing, where more can be said than to give it. */
  readonly missing?: { readonly [Key in keyof Args]?: string };
  /** What to do about a name that the AWS provider or another tool has for something here. */
  readonly otherNames?: Readonly<Record<string, string>>;
  readonly relations?: readonly Relation[];
  /** What a property is that is left out. */
  readonly defaults?: Readonly<Record<string, unknown>>;
}

/** An object with these properties and no others, which gets the defaults of those that are left out. */
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
    plain: "pass an object; the values in it may be outputs where their types allow it",
    visit(value, at) {
      if (!isRecord(value)) {
        const remedy = `write { ${Object.keys(properties).join(", ")} }`;
        at.report("type", "must be an object", value, remedy);
        return value;
      }
      const given: Record<string, unknown> = {};
      const advise = adviser(Object.keys(properties), otherNames);
      for (const [key, one] of Object.entries(value)) {
        const check = Object.hasOwn(properties, key) ? properties[key] : undefined;
        if (check === undefined) {
          const { remedy, rename } = advise(key);
          at.key(key).reportRemoval("unknown", `is not an argument; ${remedy}`, rename);
        } else if (one !== undefined) given[key] = runCheck(check, one, at.key(key));
      }
      for (const key of required) {
        if (given[key] !== undefined) continue;
        at.key(key).reportText("required", `is required; ${missing[key] ?? "give it a value"}`);
      }
      return { ...defaults, ...checkRelations(given, relations, at, defaults) };
    },
  };
}

/** What to do about names that are not known. All that are known are listed once. */
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
