import { setImmediate } from "node:timers/promises";

/** A value that is there only after some turns of the event loop, however busy the machine is. */
export async function afterTurns<T>(turns: number, value: T): Promise<T> {
  for (let turn = 0; turn < turns; turn += 1) await setImmediate();
  return value;
}
