import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { ACCOUNT, answersOf, policyWith, type Account } from "../support/account";
import { TUTORIAL } from "../support/exampleArgs";
import { reasonsOf, recordGroup } from "../support/recordGroup";
import { UNKNOWN, type Recording } from "../support/recorder";

const recordLogs = (args: Partial<LoadBalancedGroupArgs>) => recordGroup({ ...TUTORIAL, ...args });

const bucketsOf = ({ registrations }: Recording) =>
  registrations.filter(({ type }) => type.startsWith("aws:s3/"));

interface Policy {
  readonly Version: string;
  readonly Statement: { readonly Resource: string[] }[];
}

const policyOf = ({ find }: Recording) =>
  JSON.parse(String(find("web-logs-policy").inputs.policy)) as Policy;

describe("logs", () => {
  for (const kind of ["accessLogs", "connectionLogs", "healthCheckLogs"] as const) {
    it(`go to the bucket that ${kind} names, and none is made`, async () => {
      const logs = { bucket: pulumi.output("mine"), prefix: "web" };
      const recording = await recordLogs({ [kind]: logs });
      const { inputs, dependencies } = recording.find("web-alb");
      assert.deepEqual(inputs[kind], { bucket: "mine", enabled: true, prefix: "web" });
      assert.deepEqual([bucketsOf(recording), dependencies], [[], []]);
    });

    it(`go to a bucket made here when ${kind} names none`, async () => {
      const { find } = await recordLogs({ [kind]: {} });
      assert.deepEqual(find("web-alb").inputs[kind], { bucket: "web-logs", enabled: true });
    });
  }

  it("are none unless asked for, and stop when they are turned off", async () => {
    const { inputs } = (await recordLogs({})).find("web-alb");
    assert.deepEqual(inputs.accessLogs, { bucket: "", enabled: false });
    const off = await recordLogs({ accessLogs: { bucket: "mine", enabled: false } });
    assert.deepEqual(off.find("web-alb").inputs.accessLogs, { bucket: "mine", enabled: false });
  });

  it("let Elastic Load Balancing write where they go for this account, and nobody unencrypted", async () => {
    const recording = await recordLogs({
      accessLogs: { prefix: pulumi.output("access") },
      connectionLogs: {},
      healthCheckLogs: {},
    });
    assert.deepEqual(policyOf(recording), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "LogDelivery",
          Effect: "Allow",
          Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: [
            "arn:aws:s3:::web-logs/access/AWSLogs/123456789012/*",
            "arn:aws:s3:::web-logs/AWSLogs/123456789012/*",
          ],
        },
        {
          Sid: "EncryptedTransport",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::web-logs", "arn:aws:s3:::web-logs/*"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  it("are turned on after the bucket's policy", async () => {
    const { find } = await recordLogs({ accessLogs: {} });
    assert.ok(find("web-alb").dependencies.includes("web-logs-policy"));
  });

  it("are kept in a closed, encrypted bucket for a year, or as long as is said", async () => {
    const recording = await recordLogs({ accessLogs: {}, tags: { team: "web" } });
    const inputsOf = (name: string) => recording.find(name).inputs;
    assert.deepEqual(inputsOf("web-logs"), { bucketPrefix: "web-logs-", tags: { team: "web" } });
    assert.match(JSON.stringify(inputsOf("web-logs-encryption")), /"sseAlgorithm":"AES256"/);
    assert.match(JSON.stringify(inputsOf("web-logs-ownership")), /"BucketOwnerEnforced"/);
    assert.deepEqual(inputsOf("web-logs-public-access"), {
      bucket: "web-logs",
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const [rule] = inputsOf("web-logs-lifecycle").rules as object[];
    assert.deepEqual(rule, {
      id: "expiration",
      status: "Enabled",
      filter: {},
      expiration: { days: 365 },
    });
    const shorter = await recordLogs({ accessLogs: {}, logExpirationDays: 30 });
    assert.match(JSON.stringify(shorter.find("web-logs-lifecycle").inputs), /"days":30/);
  });

  it("outlive the group, with all that protects them", async () => {
    const made = bucketsOf(await recordLogs({ accessLogs: {} }));
    assert.equal(made.length, 6);
    for (const { name, retainOnDelete, parent } of made) {
      assert.deepEqual([retainOnDelete, parent], [true, "web"], name);
    }
  });

  it("have a bucket with a legal name, for any name of the group", async () => {
    const named = await recordGroup(
      { ...TUTORIAL, accessLogs: {} },
      { name: `My_Web.${"x".repeat(50)}` },
    );
    const [{ inputs }] = bucketsOf(named);
    assert.match(String(inputs.bucketPrefix), /^my-web-x{29}-$/);
  });

  it("register the same children in a preview, where the bucket is not known", async () => {
    const args = { ...TUTORIAL, accessLogs: {} };
    const { find, registrations } = await recordGroup(args, { preview: true });
    assert.equal(find("web-logs-policy").inputs.policy, UNKNOWN);
    assert.equal(registrations.length, (await recordGroup(args)).registrations.length);
  });

  it("may be written for any account where a mock does not say which one it is", async () => {
    const known = answersOf(ACCOUNT);
    const answer: typeof known = (token, inputs) =>
      token.includes("getCallerIdentity") ? {} : known(token, inputs);
    const recording = await recordGroup({ ...TUTORIAL, accessLogs: {} }, { answer });
    assert.deepEqual(policyOf(recording).Statement[0].Resource, [
      "arn:aws:s3:::web-logs/AWSLogs/*/*",
    ]);
  });

  describe("in a bucket that exists", () => {
    const LOGS = { bucket: "mine", prefix: "web" };
    const SERVICE = { Service: "logdelivery.elasticloadbalancing.amazonaws.com" };
    const RESOURCE = "arn:aws:s3:::mine/web/AWSLogs/123456789012/*";
    const WRITE = {
      Effect: "Allow",
      Principal: SERVICE,
      Action: "s3:PutObject",
      Resource: RESOURCE,
    };

    async function checked(
      buckets: Account["buckets"],
      args: Partial<LoadBalancedGroupArgs>,
      account: Partial<Account> = {},
    ) {
      const answer = answersOf({ ...ACCOUNT, buckets, ...account });
      const recording = await recordGroup({ ...TUTORIAL, ...args }, { answer, preview: true });
      const { failures, invocations, warnings } = recording;
      return {
        reasons: failures.flatMap(reasonsOf),
        asked: invocations.filter(({ token }) => token.startsWith("aws:s3/")).length,
        warnings: warnings.filter((one) => /bucket|skipped/.test(one)),
      };
    }

    for (const kind of ["accessLogs", "connectionLogs", "healthCheckLogs"] as const) {
      it(`are refused before a deployment if ${kind} names a bucket that is missing or elsewhere`, async () => {
        const none = await checked({}, { [kind]: LOGS });
        assert.deepEqual(none.reasons, [
          `${kind}.bucket: there is no bucket mine; check the name, or create the bucket first, or leave out bucket to ` +
            "have one created; if this program creates the bucket, pass the output `bucket` of its resource",
        ]);
        const elsewhere = await checked({ mine: { region: "eu-west-1" } }, { [kind]: LOGS });
        assert.match(
          elsewhere.reasons.join(),
          /the bucket mine is in eu-west-1, but must be in the/,
        );
        const mine = await checked({ mine: { policy: policyWith(WRITE) } }, { [kind]: LOGS });
        assert.deepEqual(mine, { reasons: [], asked: 2, warnings: [] });
      });
    }

    it("ask for it once, and not for one that is an output or whose logs are off", async () => {
      const twice = await checked({}, { accessLogs: LOGS, connectionLogs: { bucket: "mine" } });
      assert.deepEqual([twice.reasons.length, twice.asked], [2, 1]);
      const bucket = pulumi.output("mine");
      const off = { bucket: "other", enabled: false };
      const late = await checked({}, { accessLogs: { bucket }, connectionLogs: off });
      assert.deepEqual(late, { reasons: [], asked: 0, warnings: [] });
    });

    it("are refused where S3 redirects to another region", async () => {
      const known = answersOf(ACCOUNT);
      const answer: typeof known = (token, inputs) => {
        if (!token.startsWith("aws:s3/")) return known(token, inputs);
        const details = "operation error S3: HeadBucket, https response error StatusCode: 301";
        throw Object.assign(new Error(details), { details });
      };
      const { failures } = await recordGroup({ ...TUTORIAL, accessLogs: LOGS }, { answer });
      assert.match(failures.flatMap(reasonsOf).join(), /mine is in another region, but must be/);
    });

    const LET: Record<string, object> = {
      "the service": WRITE,
      everybody: { ...WRITE, Principal: "*" },
      "an account of AWS, as in older policies": {
        ...WRITE,
        Principal: { AWS: "arn:aws:iam::797873946194:root" },
      },
      "any action on any object": { ...WRITE, Action: ["s3:*"], Resource: ["arn:aws:s3:::mine/*"] },
      "all logs of the organization": { ...WRITE, Resource: "arn:aws:s3:::mine/*/AWSLogs/*" },
      "a partition of its own": { ...WRITE, Resource: RESOURCE.replace("aws", "aws-us-gov") },
      "what is not excluded": { Effect: "Allow", NotPrincipal: {}, NotAction: "s3:Get*" },
    };
    const NOT_LET: Record<string, object> = {
      "another service": { ...WRITE, Principal: { Service: "delivery.logs.amazonaws.com" } },
      "this account": { ...WRITE, Principal: { AWS: "arn:aws:iam::123456789012:root" } },
      "another action": { ...WRITE, Action: "s3:GetObject" },
      "another prefix": { ...WRITE, Resource: RESOURCE.replace("web", "shop") },
      "another account's logs": { ...WRITE, Resource: RESOURCE.replace("123456789012", "1") },
      "the folder without what is in it": { ...WRITE, Resource: RESOURCE.replace("/*", "") },
      "a denial": { ...WRITE, Effect: "Deny" },
    };

    for (const [what, statement] of Object.entries(LET)) {
      it(`need no warning if its policy lets ${what} write`, async () => {
        const policy = policyWith(statement);
        const { warnings } = await checked({ mine: { policy } }, { accessLogs: LOGS });
        assert.deepEqual(warnings, []);
      });
    }

    for (const [what, statement] of [...Object.entries(NOT_LET), ["nobody", undefined] as const]) {
      it(`warn at preview if its policy has only ${what}`, async () => {
        const policy = statement === undefined ? undefined : policyWith(statement);
        const { reasons, warnings } = await checked({ mine: { policy } }, { accessLogs: LOGS });
        assert.deepEqual(reasons, []);
        const [warning = ""] = warnings;
        assert.match(
          warning,
          /^accessLogs.bucket: no policy lets Elastic Load Balancing write to the bucket mine/,
        );
        assert.deepEqual(JSON.parse(warning.slice(warning.indexOf("{"))), WRITE);
      });
    }

    for (const action of ["s3:ListBucket", "s3:GetBucketPolicy"]) {
      it(`are not checked without ${action}, as in a bucket of another account`, async () => {
        const account = { denied: [action] };
        const checks = await checked({ mine: {} }, { accessLogs: LOGS }, account);
        assert.deepEqual([checks.reasons, checks.warnings], [[], []]);
        assert.ok(checks.asked > 0);
      });
    }
  });
});
