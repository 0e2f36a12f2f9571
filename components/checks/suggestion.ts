import { closest, distance } from "fastest-levenshtein";

/** A similar name is looked for among so many that are no longer, since it takes time by both. */
const MAX_NAME_LENGTH = 100;
const MAX_NAMES = 200;

/** What was meant by a name that is not known, or what could be. */
export function suggestion(key: string, known: readonly string[]): string {
  const nearest = similar(key, known);
  return nearest === undefined ? `use one of ${listed(known)}` : `did you mean ${nearest}?`;
}

/** The known name that is most like another, if one is. */
export function similar(key: string, known: readonly string[]): string | undefined {
  if (key.length > MAX_NAME_LENGTH || known.length > MAX_NAMES) return undefined;
  const nearest = closest(key, known);
  const edits = distance(key.toLowerCase(), nearest.toLowerCase());
  return edits <= Math.max(2, key.length / 3) ? nearest : undefined;
}

const MAX_LISTED = 50;

/** Names one after the other, the first of them if there are many. */
export function listed(names: readonly string[]): string {
  const first = names.slice(0, MAX_LISTED).join(", ");
  return names.length > MAX_LISTED ? `${first} and ${names.length - MAX_LISTED} more` : first;
}
