import { closest, distance } from "fastest-levenshtein";

/** What was meant by a name that is not known, or what could be. */
export function suggestion(key: string, known: readonly string[]): string {
  const nearest = closest(key, known);
  const near = distance(key.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, key.length / 3);
  return near ? `did you mean ${nearest}?` : `the known ones are ${known.join(", ")}`;
}
