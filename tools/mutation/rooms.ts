import tests from "./tests.json";

/** A folder whose code is changed, and the tests that should notice. */
export interface Room {
  readonly folder: string;
  readonly tests: readonly string[];
  /** The folders in it that have tests of their own. */
  readonly without: readonly string[];
}

/**
 * The tests that are run for a folder. Other tests reach its code too; leaving them out makes a run many times
 * faster, and the score a lower bound.
 */
export const ROOMS: readonly Room[] = Object.entries(tests).map(([folder, names], _, all) => ({
  folder,
  tests: names.map((name) => `tests/${name}.test.ts`),
  without: all.map(([other]) => other).filter((other) => other.startsWith(`${folder}/`)),
}));
