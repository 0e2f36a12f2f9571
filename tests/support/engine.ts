import { findEngine, findOldestEngine, type Engine } from "../../tools/engine";

/** How long a hook has to wait for the engine, which may have to be compiled first. */
export const ENGINE_TIMEOUT = 20 * 60_000;

let found: Promise<Engine> | undefined;
let oldest: Promise<Engine> | undefined;

/** The engine that all tests of a run share. */
export function engine(): Promise<Engine> {
  found ??= findEngine();
  return found;
}

/** The oldest engine that the package supports. */
export function oldestEngine(): Promise<Engine> {
  oldest ??= findOldestEngine();
  return oldest;
}
