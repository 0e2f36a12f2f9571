import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { OutputChecks } from "../../components/checks";
import { findProblems } from "../../components/validation";
import { PLACES } from "../arguments/places";

describe("what must be plain", () => {
  const places = PLACES.filter(({ check }) => check.plain !== undefined);

  it("is most of what there is", () => {
    assert.ok(places.length > 80, String(places.length));
  });

  for (const { path, holding } of places) {
    it(`is refused as an output or a secret, with a way out: ${path}`, () => {
      const unknown = pulumi.output(pulumi.unknown);
      for (const output of [
        pulumi.output("a"),
        pulumi.secret("a"),
        unknown,
        Promise.resolve("a"),
      ]) {
        const args: LoadBalancedGroupArgs = holding(output);
        const problems = findProblems("web", args).filter((one) => one.propertyPath === path);
        const [{ reason } = { reason: "nothing" }] = problems;
        assert.match(
          reason,
          /must be known at preview and can't be an output or a secret, because \S.*; \S/,
        );
      }
    });
  }
});

describe("what may be an output", () => {
  const places = PLACES.filter(({ check }) => check.plain === undefined);

  it("is much of what there is", () => {
    assert.ok(places.length > 80, String(places.length));
  });

  for (const { path, holding } of places) {
    it(`is refused by name when it comes out as nothing: ${path}`, async () => {
      for (const nothing of [pulumi.output(undefined), pulumi.secret(null)]) {
        const outputChecks = new OutputChecks("web");
        const args: LoadBalancedGroupArgs = holding(nothing);
        findProblems("web", args, outputChecks);
        const problems = await outputChecks.collectProblems();
        const reasons = problems.filter((one) => one.propertyPath === path);
        assert.match(
          reasons[0]?.reason ?? "nothing",
          /is an output that has no value; give the output a value/,
        );
      }
    });
  }
});
