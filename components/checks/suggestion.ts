import { closest, distance } from "fastest-levenshtein";

/** Longer names and longer lists get no suggestion, since finding one would take too long. */
const MAX_NAME_LENGTH = 100;
const MAX_NAMES = 200;

/** The known name that is most similar, if one is similar enough. */
export function similar(key: string, known: readonly string[]): string | undefined {
  if (key.length > MAX_NAME_LENGTH || known.length > MAX_NAMES) return undefined;
  const nearest = closest(key, known);
  const edits = distance(key.toLowerCase(), nearest.toLowerCase());
  return edits <= Math.max(2, key.length / 3) ? nearest : undefined;
}

const MAX_LISTED = 50;

/** The names, separated by commas; only the first ones if there are many. */
export function listed(names: readonly string[]): string {
  const first = names.slice(0, MAX_LISTED).join(", ");
  return names.length > MAX_LISTED ? `${first} and ${names.length - MAX_LISTED} more` : first;
}
