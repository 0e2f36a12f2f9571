import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { ACCOUNT, answersOf } from "../support/account";
import { TUTORIAL } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";
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
});
