"use strict";

const TIME_LIMIT = 5000;

// Stryker sets no limit, so that a mutant in which a promise never settles would hold up the run.
exports.mochaHooks = {
  beforeEach() {
    this.currentTest.timeout(TIME_LIMIT);
  },
};
