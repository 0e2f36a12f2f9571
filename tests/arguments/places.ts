import type { Check } from "../../components/checks";
import { checkOfGroup, checkOfService } from "../../components/validation";

/** Where a value can stand in the arguments, its check, and arguments with a value there. */
export interface Place {
  /** Keys of the user's own are called `a`, and lists have one item. */
  readonly path: string;
  readonly check: Check;
  readonly holding: (value: unknown) => object;
}

type Holding = Place["holding"];

function placesWithin(check: Check, path: string, holding: Holding): Place[] {
  const { accepts } = check;
  const here = { path, check, holding };
  switch (accepts.kind) {
    case "object":
      return [here, ...placesOf(accepts.properties, `${path}.`, holding)];
    case "list":
      return [here, ...placesWithin(accepts.item, `${path}[0]`, (value) => holding([value]))];
    case "map":
      return [here, ...placesWithin(accepts.item, `${path}.a`, (value) => holding({ a: value }))];
    default:
      return [here];
  }
}

function placesOf(
  properties: Readonly<Record<string, Check>>,
  path: string,
  holding: Holding,
): Place[] {
  return Object.entries(properties).flatMap(([name, check]) =>
    placesWithin(check, path + name, (value) => holding({ [name]: value })),
  );
}

const allPlaces = (check: Check): Place[] =>
  placesWithin(check, "", (value) => value as object)
    .slice(1)
    .map(({ path, ...place }) => ({ ...place, path: path.slice(1) }));

/** Every place in the arguments of a group. */
export const PLACES: readonly Place[] = allPlaces(checkOfGroup({}));

/** Every place in the arguments of a service. */
export const SERVICE_PLACES: readonly Place[] = allPlaces(checkOfService("web", {}));
