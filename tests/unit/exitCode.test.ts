import assert from "node:assert/strict";
import { USAGE } from "../../automation/command/arguments";
import { exitCodeOf } from "../../automation/command/exitCode";
import type { Outcome } from "../../automation/command/operations";
import { CancelledError, InvalidConfigurationError, LockedError } from "../../automation/errors";

/** An outcome for each exit code, when the command is `drift`. */
const OUTCOMES: Readonly<Record<string, object>> = {
  0: {},
  1: { error: new Error("failed") },
  2: { error: new InvalidConfigurationError("dev", []) },
  3: { error: new LockedError("dev", "drift", [], undefined) },
  4: { error: new CancelledError("dev", "drift", undefined) },
  5: { result: { changes: [{}] } },
  6: { status: { targets: [{ state: "unhealthy" }] } },
};

describe("the exit code of the command", () => {
  it("is the first in the usage text that applies to one of the environments", () => {
    const text = USAGE.slice(USAGE.indexOf("Exit code"));
    const inOrder = [...text.matchAll(/(?:: |;\s)(\d) /g)].map(([, code]) => code);
    assert.deepEqual([...inOrder].sort(), Object.keys(OUTCOMES));
    inOrder.forEach((code, index) => {
      const outcomes = inOrder.slice(index).map((one) => ({ name: "dev", ...OUTCOMES[one] }));
      assert.equal(exitCodeOf("drift", outcomes.reverse() as Outcome[], false), Number(code));
    });
  });
});
