import assert from "node:assert/strict";
import { runSequence, type Settings } from "./run";
import { SABOTAGES } from "./sabotage";
import { https, keys, replacements } from "./sequences";
import type { Sequence } from "./sequence";

/** Less than in `npm run test:matrix`, for the machine's sake. */
const PER_SECOND = 100;

const problemsOf = async (sequence: Sequence, settings: Omit<Settings, "perSecond">) => {
  const results = await runSequence(sequence, { perSecond: PER_SECOND, ...settings });
  return results.flatMap(({ change, problems }) => problems.map((one) => `${change}: ${one}`));
};

describe("named changes under load", function () {
  this.timeout(120_000);

  for (const [sequence, first] of [
    [keys, 2],
    [replacements, 1],
    [https, 1],
  ] as const) {
    it(`lose no request and do no more than is needed: ${sequence.name}`, async () => {
      assert.deepEqual(await problemsOf(sequence, { first }), []);
    });
  }

  for (const { what, sequence, transformation, problem } of SABOTAGES) {
    it(`lose requests if ${what}`, async () => {
      const problems = await problemsOf(sequence, { first: 1, sabotage: transformation });
      assert.match(problems.join("\n"), problem);
    });
  }
});
