"use strict";

const { Runner, reporters } = require("mocha");

/** The Spec reporter, whose last line shows the counts: `3 passed, 0 failed`. */
class CountsReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    // Added last, so that it runs after the epilogue.
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const skipped = pending === 0 ? "" : `, ${pending} skipped`;
      reporters.Base.consoleLog(`${passes} passed, ${failures} failed${skipped}`);
    });
  }
}

module.exports = CountsReporter;
