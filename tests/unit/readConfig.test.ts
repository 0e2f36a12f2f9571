import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Argument } from "../../stacks/arguments";
import { settingOf } from "../../stacks/parsing";
import { stepsOf } from "../../stacks/paths";
import { readConfig } from "../../stacks/readConfig";
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
    assert.equal(first, "the configuration of the stack test is not valid:");
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

  it("takes numbers for texts wherever the argument is a text, digit by digit", async () => {
    const { group } = await read({
      autoScalingGroupNames: '{"web":123}',
      rules: `{"a":{"pathPatterns":["/a"],"targetGroup":"default","authenticateOidc":{"issuer":"https://id",
        "authorizationEndpoint":"https://id","tokenEndpoint":"https://id","userInfoEndpoint":"https://id",
        "clientId":1234567890123456789,"clientSecret":7}}}`,
      certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/1",
      tags: '{"team":3,"share":0.10}',
      targetGroup: '{"loadBalancingCrossZone":true}',
    });
    assert.deepEqual(group.targetGroup, { loadBalancingCrossZone: "true" });
    assert.deepEqual(group.autoScalingGroupNames, { web: "123" });
    assert.equal(group.rules?.a.authenticateOidc?.clientId, "1234567890123456789");
    assert.equal(group.rules.a.authenticateOidc.clientSecret, "7");
    assert.deepEqual(group.tags, { team: "3", share: "0.10" });
  });

  it("knows the kind of every argument, at any depth", () => {
    const visit = (argument: Argument, depth: number): number => {
      assert.ok(argument.kind);
      const steps = [0, "key", ...argument.properties];
      const parts = depth === 0 ? [] : steps.flatMap((step) => argument.at(step) ?? []);
      return parts.reduce((count, part) => count + visit(part, depth - 1), 1);
    };
    assert.ok(visit(Argument.all, 6) > 100);
  });

  it("takes texts for numbers and flags where those are wanted", async () => {
    const { group } = await read({ accessLogs: '{"enabled":"true"}', rules: "{}", port: '"81"' });
    assert.deepEqual([group.accessLogs, group.port], [{ enabled: true }, 81]);
  });

  it("takes no text for a number or a flag that only contains one", async () => {
    for (const text of ["60s", "s60", "6 0"]) {
      assert.match((await refusal({ idleTimeout: text }))[0], new RegExp(`got "${text}"`));
    }
    for (const text of ["untrue", "trueish", "7"]) {
      const rules = `{"a":{"pathPatterns":["/"],"redirect":{"port":"${text}"}}}`;
      assert.match(
        (await refusal({ httpsOnly: text, rules })).join("\n"),
        /httpsOnly must be true/,
      );
    }
  });

  it("keeps the digits of any number that is a text", async () => {
    const { group } = await read({ tags: '{"a":1e+30,"b":-2.50E10,"c":1e-12}' });
    assert.deepEqual(group.tags, { a: "1e+30", b: "-2.50E10", c: "1e-12" });
    assert.equal((await read({ idleTimeout: "6e1" })).group.idleTimeout, 60);
  });

  it("converts the values of a settings file in the same way", () => {
    assert.equal(settingOf("port", "8080"), 8080);
    assert.equal(settingOf("name", 7), "7");
    assert.equal(settingOf("internal", "false"), false);
    assert.deepEqual(settingOf("tags", { a: 1, b: true }), { a: "1", b: "true" });
  });

  it("has paths with positions and quoted keys", () => {
    const steps = stepsOf('rules["a.b"].list[12]["say \\"x\\""][""]').map(({ step }) => step);
    assert.deepEqual(steps, ["rules", "a.b", "list", 12, 'say "x"', ""]);
  });

  it("names all problems at once, each with the command that corrects it", async () => {
    const lines = await refusal({
      availabilityZones: '["us-west-2a"]',
      instanceIds: '["web-1"]',
      port: "high",
      network: "new",
      colour: "red",
    });

    assert.equal(lines.length, 11);
    const commands = Object.fromEntries(
      lines.flatMap((line, index) => (index % 2 === 0 ? [[line, lines[index + 1]]] : [])),
    );
    for (const [problem, command] of [
      [/^- network must be "existing" or "dedicated", got "new"/, "set -s test network existing"],
      [/^- colour is not an argument/, "rm -s test colour"],
      [
        /^- availabilityZones must have at least 2/,
        "set -s test --path 'availabilityZones[1]' us-west-2b",
      ],
      [/^- instanceIds\[0\] must be the ID/, "set -s test --path 'instanceIds[0]' VALUE"],
      [/^- port must be a whole number/, "set -s test port VALUE"],
    ] as const) {
      const found = Object.entries(commands).find(([line]) => problem.test(line));
      assert.equal(found?.[1], `pulumi config ${command}`, String(problem));
    }
    assert.equal(lines.at(-1), "Replace VALUE with your own value.");
  });

  it("shows how to begin a list, and how to correct a value that is none", async () => {
    const mended =
      "pulumi config set -s test --path 'availabilityZones[0]' us-west-2a && " +
      "pulumi config set -s test --path 'availabilityZones[1]' us-west-2b";
    assert.deepEqual((await refusal({ availabilityZones: "us-west-2a" })).slice(1), [
      `pulumi config rm -s test availabilityZones && ${mended}`,
    ]);
    assert.deepEqual((await refusal({ availabilityZones: "[]" })).slice(1), [mended]);
  });

  it("shows commands for the emulator, if that runs the program", async () => {
    process.env.LOAD_BALANCED_GROUP_PULUMI = "npm run local --";
    try {
      const [, command] = await refusal({ instanceIds: '["web-1"]' });
      assert.match(command, /^npm run local -- config (set|rm) -s test /);
    } finally {
      delete process.env.LOAD_BALANCED_GROUP_PULUMI;
    }
  });

  it("shows how to take away what is too much, from the end", async () => {
    const six = JSON.stringify(Array.from({ length: 6 }, (_, index) => `sg-${index}`));
    const [, command] = await refusal({ securityGroupIds: six });
    assert.equal(command, "pulumi config rm -s test --path 'securityGroupIds[5]'");
    const twice = await refusal({ instanceIds: '["i-1","i-1","i-2","i-2"]' });
    assert.deepEqual(
      [twice[1], twice[3]],
      [3, 1].map((index) => `pulumi config rm -s test --path 'instanceIds[${index}]'`),
    );
  });

  it("wants zones of the provider's region, and says which of them is wrong", async () => {
    assert.deepEqual(await refusal({ "aws:region": "us-wst-2" }), [
      "- aws:region is us-wst-2, but all availabilityZones are in us-west-2; set aws:region to us-west-2, or use zones in us-wst-2",
      "pulumi config set -s test aws:region us-west-2",
    ]);
    const zones = { availabilityZones: '["us-west-2a","us-east-1a"]', "aws:region": "us-west-2" };
    const lines = await refusal(zones);
    const problem =
      '- availabilityZones[1] must be a zone in us-west-2, the region in aws:region, got "us-east-1a"; use a zone in us-west-2';
    assert.equal(
      lines[lines.indexOf(problem) + 1],
      "pulumi config set -s test --path 'availabilityZones[1]' us-west-2b",
    );
  });

  it("does not take networks for a dedicated one", async () => {
    const [problem, command] = await refusal({ network: "dedicated", vpcId: "vpc-1" });
    assert.equal(
      problem,
      `- vpcId can't be combined with network "dedicated", which creates its own VPC; remove vpcId, or set network to "existing"`,
    );
    assert.equal(command, "pulumi config rm -s test vpcId");
    const placed = { network: "dedicated", subnetIds: '["subnet-1","subnet-2"]' };
    assert.match(
      (await refusal(placed)).join("\n"),
      /- subnetIds can't be combined with network "dedicated"/,
    );
  });

  it("shows a limited number of problems, without control characters", async () => {
    const instanceIds = Array.from({ length: 30 }, (_, index) => `web-${index}`);
    const lines = await refusal({
      instanceIds: JSON.stringify(instanceIds),
      targets: '{"\u001b[31m":{"id":"web"}}',
    });
    assert.equal(lines.filter((line) => line.startsWith("- ")).length, 21);
    assert.ok(lines.includes("- and 11 more, which are shown when these are corrected"));
    assert.ok(lines.every((line) => !line.includes("\u001b")));
  });

  it("wants a name", async () => {
    assert.deepEqual((await refusal({ name: "" })).slice(0, 2), [
      `- name can't be empty; give it a value, or remove it to use the default, "web"`,
      "pulumi config set -s test name VALUE",
    ]);
  });

  it("keeps a secret value secret, at any depth", async () => {
    const config = {
      vpcId: "vpc-1",
      securityGroupIds: '["sg-1"]',
      deletionProtection: "true",
      idleTimeout: "30",
      alarms: '{"topicArns":["arn:aws:sns:us-west-2:123456789012:on-call"]}',
      responseHeaders: '{"frameOptions":"DENY"}',
      rules: '{"a":{"httpHeaders":{"x-token":["hidden"]},"fixedResponse":{"statusCode":404}}}',
    };
    const { group } = await read(config, { secrets: Object.keys(config) });
    const { vpcId, securityGroupIds, deletionProtection, idleTimeout } = group;
    for (const value of [
      ...[vpcId, securityGroupIds, deletionProtection, idleTimeout],
      group.alarms?.topicArns,
      group.responseHeaders?.frameOptions,
      group.rules?.a.httpHeaders?.["x-token"][0],
      group.rules?.a.fixedResponse?.statusCode,
    ]) {
      assert.ok(await pulumi.isSecret(pulumi.output(value)));
    }
    assert.deepEqual(await valueOf(pulumi.output(securityGroupIds)), ["sg-1"]);
  });

  it("refuses to keep secret what can't be, and shows how to make it plain", async () => {
    const lines = await refusal(
      { instanceIds: '["i-1"]', port: "81", name: "hidden" },
      { secrets: ["instanceIds", "port", "name"] },
    );
    assert.match(
      lines[0],
      /^- availabilityZones|^- instanceIds can't be secret, because it decides/,
    );
    for (const key of ["instanceIds", "port", "name"]) {
      const index = lines.findIndex((line) => line.startsWith(`- ${key} can't be secret`));
      assert.equal(
        lines[index + 1],
        `pulumi config get -s test ${key} | pulumi config set --plaintext -s test ${key}`,
      );
    }
    assert.doesNotMatch(lines.join("\n"), /hidden/);
  });

  it("names a secret key that is misspelt", async () => {
    const [first] = await refusal({ certificateArnn: "hidden" }, { secrets: ["certificateArnn"] });
    assert.match(first, /^- certificateArnn is not an argument; did you mean certificateArn/);
  });

  it("does not show a secret value, nor keys in it, and loses nothing that is beside it", async () => {
    const secrets = ["certificateArn", "tags", "targetGroup", "rules"];
    const lines = await refusal(
      {
        certificateArn: "hidden-1",
        tags: '{"hidden-3?":"hidden-2?"}',
        targetGroup: '{"healthCheck":{"path":"hidden"}}',
        rules: '{"hidden-4":{"hidden-5":1}}',
      },
      { secrets },
    );
    const text = lines.join("\n");
    assert.doesNotMatch(text, /hidden/);
    assert.match(text, /certificateArn must be .*, got \[secret\]/);
    assert.match(text, /targetGroup.healthCheck.path must /);
    assert.match(text, /- a property in rules is not an argument;/);
    assert.match(text, /pulumi config set --secret -s test certificateArn {2}# asks for it/);
    for (const key of secrets.slice(1)) {
      assert.ok(
        text.includes(
          `pulumi config get -s test ${key}  # shows the whole value; correct the wrong part`,
        ),
        key,
      );
    }
  });
});
