import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { CERTIFICATE, ZONES } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";

const HTTPS = { ...ZONES, certificateArn: CERTIFICATE };

const warnings = async (args: LoadBalancedGroupArgs) => (await recordGroup(args)).warnings;

describe("arguments that are probably a mistake", () => {
  it("is a port with a certificate, since HTTPS has its own", async () => {
    const [warning] = await warnings({ ...HTTPS, port: 8443 });
    assert.match(
      warning,
      /^port 8443 is the port of the HTTP listener, which redirects to HTTPS on 443; remove/,
    );
    assert.deepEqual(await warnings({ ...HTTPS, port: 80 }), []);
  });

  it("is a security policy that this version does not know, which AWS may have added", async () => {
    const warningsFor = async (sslPolicy: string) =>
      (await warnings({ ...HTTPS, sslPolicy })).join();
    assert.match(
      await warningsFor("ELBSecurityPolicy-TLS13-1-3-2021-6"),
      /is not one of the security policies .* did you mean ELBSecurityPolicy-TLS13-1-3-2021-06\?$/,
    );
    assert.equal(await warningsFor("ELBSecurityPolicy-TLS13-1-3-2021-06"), "");
  });

  it("is a weight for a target group without targets, beside one that has some", async () => {
    const split = (weights: Record<string, pulumi.Input<number>>, blue: object = {}) =>
      warnings({ ...HTTPS, instanceIds: ["i-1"], targetGroups: { blue }, forward: { weights } });
    const [warning, ...others] = await split({ default: 1, blue: 1 });
    assert.match(
      warning,
      /^forward\.weights\.blue: the target group blue has no targets here, .* 503, unless/,
    );
    assert.deepEqual(others, []);
    assert.deepEqual(await split({ default: 1, blue: 0 }), []);
    assert.deepEqual(await split({ default: 1, blue: pulumi.output(0) }), []);
    assert.deepEqual(await split({ default: 1, blue: 1 }, { instanceIds: ["i-2"] }), []);
    assert.deepEqual(
      await split({ default: 1, blue: 1 }, { autoScalingGroupNames: { a: "a" } }),
      [],
    );
    const registering = {
      targetGroups: { blue: {} },
      forward: { weights: { default: 1, blue: 1 } },
    };
    assert.deepEqual(await warnings({ ...HTTPS, ...registering }), []);
  });

  it("is shown without control characters", async () => {
    const rules = {
      "a\u001b[2J\u202e\n": { pathPatterns: ["/*/*", "/a?*/?*"], targetGroup: "default" },
    };
    const [warning] = await warnings({ ...HTTPS, instanceIds: ["i-1"], rules });
    assert.match(warning, /^rules\.a\\u001b\[2J\\u202e\\u000a: .* have 6 wildcards/);
  });

  it("is such a weight in a rule too", async () => {
    const rules = { a: { pathPatterns: ["/a"], forward: { weights: { default: 1, blue: 2 } } } };
    const args = { ...HTTPS, instanceIds: ["i-1"], targetGroups: { blue: {} }, rules };
    assert.match((await warnings(args))[0], /^rules\.a\.forward\.weights\.blue: /);
  });
});
