import { related, type Relation } from "./relations";
import { judged, type Check } from "./check";
import { listed, similar } from "./suggestion";
import { isRecord } from "../shared/guards";

interface Options {
  /** What must be given. */
  readonly required?: string[];
  /** What to do about one of these that is missing, where more can be said than to give it. */
  readonly missing?: Readonly<Record<string, string>>;
  /** What to do about a name that the AWS provider or another tool has for something here. */
  readonly otherNames?: Readonly<Record<string, string>>;
  readonly relations?: Relation[];
  /** What a property is that is left out. */
  readonly defaults?: Readonly<Record<string, unknown>>;
}

/**
 * An object with these properties and no others, which gets the defaults of those that are left out.
 */
export function object(
  properties: Readonly<Record<string, Check>>,
  { required = [], missing = {}, otherNames = {}, relations = [], defaults = {} }: Options = {},
): Check {
  return {
    plain: "pass an object; the values in it may be outputs where their types say so",
    visit(value, at) {
      if (!isRecord(value)) {
        at.report("must be an object", value, `write { ${Object.keys(properties).join(", ")} }`);
        return value;
      }
      const checked: Record<string, unknown> = {};
      const remedies = remediesFor(Object.keys(properties), otherNames);
      for (const [key, one] of Object.entries(value)) {
        const rule = Object.hasOwn(properties, key) ? properties[key] : undefined;
        if (rule === undefined) at.key(key).refuse(`is not an argument here; ${remedies(key)}`);
        else if (one !== undefined) checked[key] = judged(rule, one, at.key(key));
      }
      for (const key of required) {
        if (checked[key] !== undefined) continue;
        at.key(key).state(`is required; ${missing[key] ?? "give it a value"}`);
      }
      return { ...defaults, ...related(checked, relations, at, defaults) };
    },
  };
}

/** What to do about names that are not known. All that are known are listed once. */
function remediesFor(
  known: readonly string[],
  otherNames: Readonly<Record<string, string>>,
): (key: string) => string {
  let isListed = false;
  return (key) => {
    if (Object.hasOwn(otherNames, key)) return otherNames[key];
    const nearest = similar(key, known);
    if (nearest !== undefined) return `did you mean ${nearest}?`;
    if (isListed) return "leave it out";
    isListed = true;
    return `the known ones are ${listed(known)}`;
  };
}
