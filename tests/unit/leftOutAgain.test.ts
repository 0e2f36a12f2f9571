import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { findProblems } from "../../components/validation";
import { check } from "../../emulator/provider/check";
import { diff } from "../../emulator/provider/diff";
import { RESOURCE_TYPES } from "../../emulator/provider/resourceTypes";
import type { Properties } from "../../emulator/provider/values";
import { MAPPINGS } from "../arguments";
import { TUTORIAL } from "../support/exampleArgs";
import type { Registration } from "../support/observedMonitor";
import { recordGroup } from "../support/recordGroup";
import { withoutValue, withValue } from "./argumentPaths";

/**
 * The provider does not send a header that is empty, so it can't remove one. It sees no change if a stickiness
 * is removed, and AWS has no duration for one that is off. The documentation of both says so.
 * Logs that are off are so with and without their bucket.
 * Source: https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elbv2/listener.go.
 */
const KEPT =
  /(?:^|\.)(?:requestHeaderNames\.|responseHeaders\.(?!server$))|forward\.stickinessDuration$|Logs\.enabled$/;

/*
 * AWS keeps what the provider does not send, and the provider sends nothing for many properties that are left
 * out. So the component must send the default.
 */
describe("an argument that is removed", () => {
  for (const { path, value, child, beside } of MAPPINGS) {
    if (KEPT.test(path)) continue;
    const places = path.split(".").map((_, index, keys) => keys.slice(0, index + 1));
    it(`leaves nothing in AWS: ${path}`, async () => {
      const args: LoadBalancedGroupArgs = { ...TUTORIAL, ...beside };
      const given = withValue(args, path.split("."), value);
      const before = await recordGroup(given);
      // Not only the value is removed, but each object that it is in.
      for (const place of places) {
        const removed = withoutValue(given, place);
        if (findProblems("web", removed).length > 0) continue;
        const { failures, registrations } = await recordGroup(removed);
        if (failures.length > 0) continue;
        const now = registrations.find(({ name }) => name === child);
        const isSame =
          now !== undefined && isDeepStrictEqual(before.find(child).inputs, now.inputs);
        // Without the resource there is nothing to keep, and a value can be the default.
        if (now === undefined || isSame) continue;
        const changes = differences(before.find(child), now);
        assert.notDeepEqual(changes, [], `${child} keeps it without ${place.join(".")}`);
      }
    });
  }
});

/** What the provider would change of a resource with the one inputs to get the others. */
function differences(before: Registration, now: Registration): string[] {
  const type = RESOURCE_TYPES.find(({ token }) => token === now.type);
  assert.ok(type, now.type);
  const checked = ({ name, inputs }: Registration) =>
    check(type, {
      name,
      olds: {},
      news: inputs as Properties,
      seed: new Uint8Array(32),
    }).inputs;
  return diff(type, checked(before), checked(now)).changes.map(({ path }) => path);
}
