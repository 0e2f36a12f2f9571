import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { OutputChecks } from "../../components/checks";
import { findProblems } from "../../components/validation";
import { ACCOUNT, answersOf } from "../support/account";
import { CERTIFICATE, ZONES } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";
import { PLACES } from "../arguments/places";

const SUBNETS = { subnetIds: ["subnet-a", "subnet-b"] };
const secret = pulumi.secret;

describe("secret arguments", () => {
  for (const { path, check, holding } of PLACES) {
    if (check.plain !== undefined) continue;
    it(`are not shown when they are wrong: ${path}`, async () => {
      for (const hidden of [
        "hidden value?",
        90_909,
        ["hidden value?"],
        { "hidden key?": "hidden value?" },
        { a: { "hidden key?": 90_909 } },
      ]) {
        const outputChecks = new OutputChecks("web");
        const args: LoadBalancedGroupArgs = holding(secret(hidden));
        const messages = [
          ...findProblems("web", args, outputChecks),
          ...(await outputChecks.collectProblems()),
        ];
        assert.doesNotMatch(JSON.stringify(messages), /hidden|90.?909/);
      }
    });
  }

  it("are not shown when a client secret is written as it is, and wrong", () => {
    for (const wrong of [90_909, ["hidden"], { hidden: "hidden" }, true]) {
      const login = { authenticateOidc: { clientSecret: wrong } } as object;
      const args = {
        ...ZONES,
        rules: { a: { pathPatterns: ["/"], targetGroup: "default", ...login } },
      };
      const problems = findProblems("web", args);
      assert.doesNotMatch(JSON.stringify(problems), /hidden|90.?909/);
      const [{ reason } = { reason: "" }] = problems.filter((one) =>
        one.propertyPath.endsWith("clientSecret"),
      );
      assert.match(reason, /got \[secret\]; give it a value/);
    }
  });

  it("are hidden before a message is made legible, and only as words of their own", async () => {
    const messages = async (args: LoadBalancedGroupArgs) => {
      const { failures, warnings } = await recordGroup(args, {
        preview: true,
        answer: answersOf({
          ...ACCOUNT,
          securityGroups: { ...ACCOUNT.securityGroups, "sg-hun\u200bter2": {} },
        }),
      });
      return [...failures, ...warnings].join("\n");
    };
    const odd = { ...SUBNETS, securityGroupIds: [pulumi.output(secret("sg-hun\u200bter2"))] };
    assert.doesNotMatch(await messages(odd), /hun/);
    const absent = { ...SUBNETS, securityGroupIds: [secret("sg-hid\u200bden")] };
    for (const preflight of ["enforce", "warn"] as const) {
      assert.doesNotMatch(await messages({ ...absent, preflight }), /hid/);
    }
    assert.doesNotMatch(await messages({ ...ZONES, targets: { a: { id: secret("i-9") } } }), /i-9/);
    const certificateArn = secret("arn:aws:acm:us-west-2:123456789012:certificate/one");
    const zones = ["us-west-2a", "us-west-2x"];
    const message = await messages({ availabilityZones: zones, certificateArn });
    assert.match(
      message,
      /the zone us-west-2x does not exist, or is not enabled in this account; use one of us-west-2a, us-west-2b/,
    );
    const words = secret({ one: "instanceIds", two: "us-west" });
    const named = await messages({ ...ZONES, tags: words, instanceIds: ["i-nope"] });
    assert.match(named, /: instanceIds\[0\]: i-nope does not exist/);
  });

  /** Arguments that only AWS knows to be wrong, or warns of. */
  const known: Readonly<Record<string, LoadBalancedGroupArgs>> = {
    vpcId: { ...ZONES, vpcId: secret("vpc-0hidden") },
    subnetIds: { subnetIds: secret(["subnet-0hidden", "subnet-1hidden"]) },
    "subnetIds[1]": { subnetIds: ["subnet-a", secret("subnet-0hidden")] },
    securityGroupIds: { ...SUBNETS, securityGroupIds: secret(["sg-0hidden"]) },
    certificateArn: {
      ...SUBNETS,
      certificateArn: secret(CERTIFICATE.replace("123456789012", "210987654321")),
    },
    "targets.a.id": { ...ZONES, targets: { a: { id: secret("i-0hidden") } } },
    "the same server twice": {
      ...ZONES,
      targets: { a: { id: secret("i-0hidden") }, b: { id: secret("i-0hidden") } },
    },
    "targets.a.id behind a shut group": { ...ZONES, targets: { a: { id: secret("i-2hidden") } } },
  };
  const account = {
    ...ACCOUNT,
    instances: { "i-2hidden": { zone: "us-west-2a", securityGroups: ["sg-shut"] } },
    securityGroups: { ...ACCOUNT.securityGroups, "sg-shut": {} },
  };
  for (const [what, args] of Object.entries(known)) {
    it(`are not shown by checks that ask AWS: ${what}`, async () => {
      for (const preflight of ["enforce", "warn"] as const) {
        const options = { preview: true, answer: answersOf(account) };
        const { failures, warnings } = await recordGroup({ ...args, preflight }, options);
        const messages = [...failures, ...warnings.filter((one) => !one.includes("encrypted"))];
        assert.ok(messages.length > 0);
        assert.match(messages.join("\n"), /\[secret\]/);
        assert.doesNotMatch(messages.join("\n"), /hidden|210987654321/);
      }
    });
  }
});
