import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { findProblems } from "../../components/validation";
import { BAD_ARGUMENTS, GOOD_ARGUMENTS } from "../arguments";
import { assertOnlyProblem } from "../arguments/table";
import { CERTIFICATE, WEB_ACL, ZONES } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";
import { PLACES } from "../arguments/places";
import { record } from "../support/recorder";

const withZones = (args: object): LoadBalancedGroupArgs => ({ ...ZONES, ...args });

/** What the constructor says about arguments that it refuses. */
async function refusal(args: unknown): Promise<{ message: string; paths: string[] }> {
  let refused: unknown;
  const { registrations } = await record(() => {
    try {
      new LoadBalancedGroup("web", args as LoadBalancedGroupArgs);
    } catch (error) {
      refused = error;
    }
  });
  assert.ok(pulumi.InputPropertiesError.isInstance(refused), "the arguments were not refused");
  assert.deepEqual(registrations, []);
  const paths = refused.errors.map(({ propertyPath }) => propertyPath);
  return { message: refused.message, paths };
}

describe("the arguments of a group", () => {
  describe("are refused", () => {
    BAD_ARGUMENTS.forEach(({ args, path, code, says }) => {
      it(`at ${path.slice(0, 60)}, ${code}: ${says.at(0) ?? ""}`, () => {
        const problems = findProblems("web", withZones(args));
        assertOnlyProblem(problems, { path, code, says });
        const [{ reason }] = problems;
        // The remedy comes last, in the same sentence.
        assert.match(reason, /[;:?]/);
        assert.doesNotMatch(reason, /\.$|undefined is|\[object/);
      });
    });
  });

  describe("are taken", () => {
    GOOD_ARGUMENTS.forEach(([what, args]) => {
      it(what, () => {
        assert.deepEqual(findProblems("web", withZones(args)), []);
      });
    });
  });

  describe("in plain JavaScript", () => {
    for (const args of [undefined, null, "web", 7, [], () => ZONES, pulumi.output(ZONES)]) {
      it(`must be an object, not ${Array.isArray(args) ? "a list" : typeof args}`, async () => {
        const { message, paths } = await refusal(args);
        assert.deepEqual(paths, [""]);
        assert.match(message, /the arguments must be (an object, got|known at preview) /);
      });
    }

    it("may hold any wrong type anywhere, which is refused and nothing worse", () => {
      const wrong = [null, 7n, () => 7, NaN, new Date(0), new Map(), [[]], { a: {} }];
      for (const { path, holding } of PLACES) {
        const isTaken = (value: unknown) =>
          findProblems("web", withZones(holding(value))).length === 0;
        // An object without properties is no fault where all of them may be left out.
        const takesObject = isTaken({});
        // It has no method to convert it to a text.
        const bare = Object.create(null) as object;
        for (const value of [...wrong, Symbol("s"), bare]) {
          const isObject = value instanceof Date || value instanceof Map || value === bare;
          assert.ok(!isTaken(value) || (isObject && takesObject), `${path} took a wrong type`);
        }
      }
    });

    it("may have a port without a text, beside targets that are compared by their ports", () => {
      let deep: unknown = 80;
      for (let level = 0; level < 10_000; level += 1) deep = { deep };
      for (const port of [7n, deep]) {
        const args = { targetGroup: { port }, instanceIds: ["i-1", "i-2"] };
        const paths = findProblems("web", withZones(args as object)).map((one) => one.propertyPath);
        assert.deepEqual(paths, ["targetGroup.port"]);
      }
    });

    it("are refused where a list has holes, which loops pass over", () => {
      // eslint-disable-next-line no-sparse-arrays
      const holed: string[] = [, "us-west-2a", "us-west-2b"] as string[];
      const paths = findProblems("web", { availabilityZones: holed }).map(
        (one) => one.propertyPath,
      );
      assert.deepEqual(paths, ["availabilityZones[0]"]);
      const none = findProblems("web", withZones({ instanceIds: new Array<string>(2) }));
      assert.ok(none.some(({ propertyPath }) => propertyPath === "instanceIds[0]"));
    });

    it("take no long time in any number", () => {
      const ids = Array.from({ length: 100_000 }, (_, index) => `i-${index}`);
      const targets = Object.fromEntries(ids.map((id, index) => [`k${index}`, { id, port: 81 }]));
      const start = Date.now();
      assert.deepEqual(findProblems("web", withZones({ instanceIds: ids, targets })), []);
      assert.ok(Date.now() - start < 5000);
    });

    it("are shown short", () => {
      const [{ reason }] = findProblems("web", withZones({ vpcId: "x".repeat(10_000) }));
      assert.ok(reason.length < 300, reason);
    });
  });

  describe("that are wrong in many ways", () => {
    const wrong = {
      availabilityZones: ["us-west-2a"],
      instanceIds: ["web-1", "i-1", "i-1"],
      port: 0,
      preflight: "no",
      internal: "yes",
      colour: "red",
      tags: { "aws:x": "?" },
      targetGroup: { port: 0, healthCheck: { interval: 1 } },
    };

    it("are refused all at once, before anything is registered", async () => {
      const { message, paths } = await refusal(wrong);
      assert.deepEqual(paths.sort(), [
        "availabilityZones",
        "colour",
        "instanceIds[0]",
        "instanceIds[2]",
        "internal",
        "port",
        "preflight",
        'tags["aws:x"]',
        'tags["aws:x"]',
        "targetGroup.healthCheck.interval",
        "targetGroup.healthCheck.timeout",
        "targetGroup.port",
      ]);
      assert.ok(
        message.startsWith("invalid arguments for LoadBalancedGroup 'web': 12 problems:\n"),
      );
      for (const path of paths) assert.ok(message.includes(`\n  - ${path} `), path);
    });

    it("are refused without a stack, which says nothing about arguments", () => {
      assert.throws(
        () => new LoadBalancedGroup("web", {}),
        (error) => pulumi.InputPropertiesError.isInstance(error) && error.stack === undefined,
      );
    });

    it("are refused in one line when there is one problem", async () => {
      const { message } = await refusal(withZones({ port: 0 }));
      assert.equal(
        message,
        "invalid arguments for LoadBalancedGroup 'web': port must be a whole number from 1 to " +
          "65535, got 0; use a number in this range",
      );
    });
  });

  describe("that are outputs", () => {
    const failuresOf = async (args: object, preview = false) => {
      const recording = await recordGroup(withZones(args), { preview });
      return recording.failures;
    };
    const later = <T>(value: T) => pulumi.output(Promise.resolve(value));

    const wrong: [string, object][] = [
      ["certificateArn", { certificateArn: later("one") }],
      ["certificateArn", { certificateArn: later(CERTIFICATE.replace("us-west-2", "us-east-1")) }],
      ["sslPolicy", { certificateArn: CERTIFICATE, sslPolicy: later("none") }],
      [
        "additionalCertificateArns.a",
        {
          certificateArn: CERTIFICATE,
          additionalCertificateArns: { a: later(CERTIFICATE.replace("us-west-2", "us-east-1")) },
        },
      ],
      ["vpcId", { vpcId: later("") }],
      ["securityGroupIds", { securityGroupIds: later([]) }],
      ["securityGroupIds[1]", { securityGroupIds: ["sg-1", later(7)] }],
      ["deletionProtection", { deletionProtection: later("yes") }],
      ["targets.a.id", { targets: { a: { id: later(7) } } }],
      ["accessLogs.bucket", { accessLogs: { bucket: later("s3://logs") } }],
      ["webAclArn", { webAclArn: later("web") }],
      ["webAclArn", { webAclArn: later(WEB_ACL.replace("us-west-2", "us-east-1")) }],
      ["idleTimeout", { idleTimeout: later(4001) }],
      ["xffClientPort", { xffClientPort: later(true), xffHeaderProcessingMode: "remove" }],
      ["tags", { tags: later([]) }],
      ["tags.a", { tags: later({ a: "?" }) }],
      ["tags.a", { tags: { a: later("?") } }],
      ["targetGroup.slowStart", { targetGroup: { slowStart: later(29) } }],
      ["targetGroup.healthCheck.timeout", { targetGroup: { healthCheck: { timeout: later(7) } } }],
      [
        "targetGroup.healthCheck.timeout",
        { targetGroup: { healthCheck: { interval: Promise.resolve(30), timeout: 30 } } },
      ],
      [
        "targetGroup.slowStart",
        { targetGroup: { slowStart: 30, loadBalancingAlgorithmType: later("weighted_random") } },
      ],
      [
        "targetGroup.targetGroupHealth.dnsFailover.minimumHealthyTargetsCount",
        {
          targetGroup: {
            targetGroupHealth: {
              dnsFailover: { minimumHealthyTargetsCount: "2" },
              unhealthyStateRouting: { minimumHealthyTargetsCount: later(3) },
            },
          },
        },
      ],
    ];
    for (const [path, args] of wrong) {
      for (const preview of [false, true]) {
        it(`are judged at ${path} when they are known, ${preview ? "at preview" : "at update"}`, async () => {
          const failures = await failuresOf(args, preview);
          assert.equal(failures.length, 1, failures.join("\n"));
          assert.ok(
            failures[0].startsWith(`invalid arguments for LoadBalancedGroup 'web': ${path} `),
            failures[0],
          );
        });
      }
    }

    it("hold back the resource that they are for, alone or together with others", async () => {
      for (const check of [{ path: later("x") }, { timeout: later(7) }, { interval: later(2) }]) {
        const { registrations } = await recordGroup(
          withZones({ targetGroup: { healthCheck: check } }),
        );
        assert.ok(!registrations.some(({ name }) => name === "web-tg"), Object.keys(check).join());
      }
    });

    it("have nothing made when they fail, and fail with what they failed with", async () => {
      const failing = () =>
        pulumi.output("x").apply((): string => {
          throw new Error("the file of the key can't be read");
        });
      for (const args of [
        { targetGroup: { healthCheck: { path: failing() } } },
        { certificateArn: failing() },
        { targets: { a: { id: failing() } } },
        { tags: { a: failing() } },
      ]) {
        for (const preview of [true, false]) {
          const { failures, registrations } = await recordGroup(withZones(args), { preview });
          // Newer SDKs repeat it for the component's outputs, with the name of the property in front.
          const causes = failures.map((one) =>
            one.replace(/^(error serializing property "\w+": )+/, ""),
          );
          assert.deepEqual([...new Set(causes)], ["the file of the key can't be read"]);
          assert.deepEqual(
            registrations.map(({ name }) => name),
            ["web"],
          );
        }
      }
    });

    it("are taken when they are right", async () => {
      const { failures, find } = await recordGroup({
        ...ZONES,
        deletionProtection: later(true),
        securityGroupIds: [later("sg-1")],
        targetGroup: { slowStart: later(60), healthCheck: { interval: later(30), timeout: 20 } },
        accessLogs: { bucket: later("logs") },
      });
      assert.deepEqual(failures, []);
      assert.equal(find("web-alb").inputs.enableDeletionProtection, true);
      assert.deepEqual(find("web-alb").inputs.accessLogs, { bucket: "logs", enabled: true });
      assert.equal(find("web-tg").inputs.slowStart, 60);
    });

    const secrets: object[] = [
      { certificateArn: pulumi.secret("hidden-1") },
      { certificateArn: pulumi.secret(CERTIFICATE.replace("us-west-2", "hidden-1")) },
      { tags: { a: pulumi.secret("hidden-1?") } },
      { tags: pulumi.secret({ a: "hidden-1?" }) },
      { targetGroup: { healthCheck: { timeout: pulumi.secret(77) } } },
      { targetGroup: { healthCheck: { timeout: 100, interval: pulumi.secret(77) } } },
      { targetGroup: { healthCheck: { path: pulumi.secret("hidden-1") } } },
      { securityGroupIds: pulumi.secret(["hidden-1", "hidden-1"]) },
    ];
    it("name an argument that is in a secret, and no key that the user chose", async () => {
      const [known] = await failuresOf({
        targetGroup: { healthCheck: { timeout: pulumi.secret(77) } },
      });
      assert.ok(known.includes("targetGroup.healthCheck.timeout must be fewer"), known);
      const [chosen] = await failuresOf({ tags: pulumi.secret({ hidden: "?" }) });
      assert.ok(chosen.includes("tags[secret] must be"), chosen);
    });

    for (const args of secrets) {
      it(`are never shown when secret: ${Object.keys(args).join()}`, async () => {
        const failures = await failuresOf(args);
        assert.equal(failures.length, 1);
        assert.doesNotMatch(failures[0], /hidden|77/);
        assert.match(failures[0], /got \[secret\]|is \[secret\]/);
      });
    }
  });
});
