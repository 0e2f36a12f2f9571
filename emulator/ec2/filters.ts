import { AwsError } from "../aws";

/** A filter of an EC2 Describe call: any of the values will do. */
export interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

/** What a filter of each name looks at; one of several values will do, and nothing never does. */
type Attributes<T> = Record<string, (item: T) => string | readonly string[] | undefined>;

/** EC2's own bound, over all filters of a call. */
const MAXIMUM_VALUES = 200;

/** The items that satisfy every filter, in the account's order. */
export function matching<T>(
  items: readonly T[],
  filters: readonly Filter[],
  attributes: Attributes<T>,
): T[] {
  const count = filters.reduce((sum, filter) => sum + filter.values.length, 0);
  if (count > MAXIMUM_VALUES) {
    throw new AwsError(
      "FilterLimitExceeded",
      `The maximum number of filter values specified on a single call is ${MAXIMUM_VALUES}`,
    );
  }
  const tests = filters.map((filter) => test(filter, attributes));
  return items.filter((item) => tests.every((passes) => passes(item)));
}

function test<T>({ name, values }: Filter, attributes: Attributes<T>): (item: T) => boolean {
  if (!Object.hasOwn(attributes, name)) {
    const supported = Object.keys(attributes).join(", ");
    throw new AwsError(
      "InvalidParameterValue",
      `The filter '${name}' is not supported by the emulator; it supports: ${supported}`,
    );
  }
  const attribute = attributes[name];
  return (item) =>
    [attribute(item)]
      .flat()
      .some((one) => one !== undefined && values.some((value) => fits(one, value)));
}

/** EC2 takes * for any characters in a value, and ? for any one or none. */
function fits(text: string, value: string): boolean {
  if (!/[*?]/.test(value)) {
    return text === value;
  }
  const pattern = value.replace(/[.+^${}()|[\]\\]/g, "\\$&").replace(/[*?]/g, ".$&");
  return new RegExp(`^${pattern}$`, "s").test(text);
}
