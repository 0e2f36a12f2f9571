import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { readConfig } from "../../stacks/config";
import { record, valueOf } from "../support/recorder";

const PROJECT = "load-balanced-group";
const ZONES = '["us-west-2a","us-west-2b"]';

interface Secrets {
  secrets?: string[];
}

/** Reads a stack's configuration; keys without a project are the program's own. */
async function read(config: Record<string, string>, { secrets = [] }: Secrets = {}) {
  const full = (key: string) => (key.includes(":") ? key : `${PROJECT}:${key}`);
  const entries = Object.entries({ availabilityZones: ZONES, ...config });
  let result: ReturnType<typeof readConfig> | undefined;
  await record(() => {
    pulumi.runtime.setAllConfig(
      Object.fromEntries(entries.map(([key, value]) => [full(key), value])),
      secrets.map(full),
    );
    try {
      result = readConfig();
    } finally {
      pulumi.runtime.setAllConfig({});
    }
  });
  assert.ok(result);
  return result;
}

/** What is said about a configuration that is refused, line by line, without the first. */
async function refusal(config: Record<string, string>, options?: Secrets): Promise<string[]> {
  let lines: string[] = [];
  await assert.rejects(read(config, options), (error) => {
    assert.ok(pulumi.RunError.isInstance(error));
    const [first, ...others] = error.message.split("\n");
    assert.equal(first, "the configuration of the stack test can't be used:");
    lines = others.map((line) => line.trim());
    return true;
  });
  return lines;
}

describe("the configuration of a stack", () => {
  it("is the component's arguments, by the same names and in their types", async () => {
    const { name, network, group } = await read({
      "aws:region": "us-west-2",
      instanceIds: '["i-1","i-2"]',
      vpcId: "vpc-1",
      internal: "true",
      port: "8080",
      deletionProtection: "false",
      accessLogs: '{"bucket":"logs"}',
      targetGroup: '{"healthCheck":{"interval":30}}',
      preflight: "warn",
    });

    assert.deepEqual([name, network], ["web", "existing"]);
    assert.deepEqual(group, {
      availabilityZones: ["us-west-2a", "us-west-2b"],
      instanceIds: ["i-1", "i-2"],
      vpcId: "vpc-1",
      internal: true,
      port: 8080,
      deletionProtection: false,
      accessLogs: { bucket: "logs" },
      targetGroup: { healthCheck: { interval: 30 } },
      preflight: "warn",
    });
  });

  it("has a name and a network of its own", async () => {
    const { name, network } = await read({ name: "7", network: "dedicated" });
    assert.deepEqual([name, network], ["7", "dedicated"]);
  });

  it("does not take other projects' keys for its own", async () => {
    const { group } = await read({ "other:port": "1", "aws:region": "us-west-2" });
    assert.deepEqual(Object.keys(group), ["availabilityZones"]);
  });

  it("takes numbers for texts where texts are wanted, as the CLI writes them", async () => {
    const { group } = await read({
      tags: '{"version":1,"final":true}',
      accessLogs: '{"bucket":"logs","prefix":2026}',
      targetGroup: '{"healthCheck":{"matcher":200}}',
      targetGroups: '{"2":{"healthCheck":{"matcher":200}}}',
      rules: '{"a":{"httpHeaders":{"x":[1]},"priority":7,"targetGroup":2}}',
    });
    assert.deepEqual(group.targetGroups, { "2": { healthCheck: { matcher: "200" } } });
    assert.deepEqual(group.rules, {
      a: { httpHeaders: { x: ["1"] }, priority: 7, targetGroup: "2" },
    });
    assert.deepEqual(group.tags, { version: "1", final: "true" });
    assert.deepEqual(group.accessLogs, { bucket: "logs", prefix: "2026" });
    assert.deepEqual(group.targetGroup, { healthCheck: { matcher: "200" } });
  });

  it("names all problems at once, each with the command that mends it", async () => {
    const lines = await refusal({
      availabilityZones: '["us-west-2a"]',
      instanceIds: '["web-1"]',
      port: "high",
      network: "new",
      colour: "red",
    });

    assert.equal(lines.length, 10);
    const commands = Object.fromEntries(
      lines.flatMap((line, index) => (index % 2 === 0 ? [[line, lines[index + 1]]] : [])),
    );
    for (const [problem, command] of [
      [/^- network must be existing or dedicated, got "new"/, "set --path 'network' <value>"],
      [/^- colour is not an argument here/, "rm --path 'colour'"],
      [/^- availabilityZones must name at least 2/, "set --path 'availabilityZones[1]' us-west-2a"],
      [/^- instanceIds\[0\] must be the id/, "set --path 'instanceIds[0]' <value>"],
      [/^- port must be a whole number/, "set --path 'port' <value>"],
    ] as const) {
      const found = Object.entries(commands).find(([line]) => problem.test(line));
      assert.equal(found?.[1], `pulumi config ${command}`, String(problem));
    }
  });

  it("shows how to begin a list, and how to mend what is none", async () => {
    assert.deepEqual((await refusal({ availabilityZones: "us-west-2a" })).slice(1), [
      "pulumi config rm availabilityZones && " +
        "pulumi config set --path 'availabilityZones[0]' us-west-2a",
    ]);
    assert.deepEqual((await refusal({ availabilityZones: "[]" })).slice(1), [
      "pulumi config set --path 'availabilityZones[0]' us-west-2a",
    ]);
  });

  it("shows how to take away what is too much", async () => {
    const six = JSON.stringify(Array.from({ length: 6 }, (_, index) => `sg-${index}`));
    const [, command] = await refusal({ securityGroupIds: six });
    assert.equal(command, "pulumi config rm --path 'securityGroupIds[5]'");
  });

  it("wants zones of the provider's region", async () => {
    const [problem] = await refusal({ "aws:region": "us-east-1" });
    assert.equal(
      problem,
      '- availabilityZones[0] must lie in aws:region, which is us-east-1, got "us-west-2a"',
    );
  });

  it("does not take networks for a dedicated one", async () => {
    const [problem, command] = await refusal({ network: "dedicated", vpcId: "vpc-1" });
    assert.equal(
      problem,
      "- vpcId does not go with network dedicated, which makes a VPC of its own",
    );
    assert.equal(command, "pulumi config rm --path 'vpcId'");
    const placed = { network: "dedicated", subnetIds: '["subnet-1","subnet-2"]' };
    assert.match(
      (await refusal(placed)).join("\n"),
      /- subnetIds does not go with network dedicated/,
    );
  });

  it("wants a name", async () => {
    assert.deepEqual(await refusal({ name: "" }), [
      "- name must not be empty",
      "pulumi config set --path 'name' <value>",
    ]);
  });

  it("keeps a secret value secret", async () => {
    const config = { vpcId: "vpc-1", securityGroupIds: '["sg-1"]', instanceIds: '["i-1"]' };
    const { group } = await read(config, { secrets: Object.keys(config) });
    assert.ok(await pulumi.isSecret(pulumi.output(group.vpcId)));
    assert.deepEqual(await valueOf(pulumi.output(group.securityGroupIds)), ["sg-1"]);
    // These name resources, whose names are never secret.
    assert.deepEqual(group.instanceIds, ["i-1"]);
  });

  it("does not show a secret value", async () => {
    const secrets = ["certificateArn", "tags", "availabilityZones"];
    const lines = await refusal(
      { certificateArn: "hidden-1", tags: '{"a":"hidden-2?"}', availabilityZones: '["hidden-3"]' },
      { secrets },
    );
    assert.doesNotMatch(lines.join("\n"), /hidden/);
    assert.match(lines.join("\n"), /certificateArn must be .*, got a secret value/);
  });
});
