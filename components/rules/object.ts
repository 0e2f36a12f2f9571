import { related, type Relation } from "./relations";
import { judged, type Rule } from "./rule";
import { suggestion } from "./suggestion";
import { isRecord } from "./untyped";

interface Options {
  /** What must be given. */
  readonly required?: string[];
  readonly relations?: Relation[];
  /** What a property is that is left out. */
  readonly defaults?: Readonly<Record<string, unknown>>;
}

/**
 * An object with these properties and no others, which gets the defaults of those that are left out.
 */
export function object(
  properties: Readonly<Record<string, Rule>>,
  { required = [], relations = [], defaults = {} }: Options = {},
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
      return { ...defaults, ...related(checked, relations, at, defaults) };
    },
  };
}

function unknownProperty(key: string, known: string[]): string {
  return `is not an argument here; ${suggestion(key, known)}`;
}
