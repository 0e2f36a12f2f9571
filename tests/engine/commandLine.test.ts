import assert from "node:assert/strict";
import { appendFile } from "node:fs/promises";
import path from "node:path";
import { ask } from "../../emulator/tests/support/httpClient";
import { CommandLine } from "./commandLine";
import { freePort } from "../../emulator";

describe("the checked-in stacks, by the command line", function () {
  this.timeout(120_000);
  const line = CommandLine.forSuite("dev", "prod", "local");
  const pulumi = (...args: string[]) => line().pulumi(...args);

  it("are previewed", async () => {
    const dev = await pulumi("preview", "-s", "dev");
    assert.match(dev.output, /\+ 8 to create\n/);
    assert.equal(dev.code, 0);
    const prod = await pulumi("preview", "-s", "prod");
    assert.match(prod.output, /\+ 19 to create\n/);
    assert.doesNotMatch(prod.output, /warning/);
    assert.equal(prod.code, 0);
    assert.deepEqual(line().changes, []);
  });

  it("are deployed to this machine, serve there and are destroyed", async () => {
    const port = await freePort();
    await pulumi("config", "set", "port", String(port), "-s", "local");
    const up = await pulumi("up", "--yes", "-s", "local");
    assert.match(up.output, /\+ 11 created\n/);
    assert.equal(up.code, 0);
    const url = (await pulumi("stack", "output", "url", "-s", "local")).output.trim();
    assert.equal(url, `http://127.0.0.1:${port}`);
    assert.equal((await ask(url)).status, 200);
    assert.equal((await pulumi("preview", "--expect-no-changes", "-s", "local")).code, 0);

    const destroy = await pulumi("destroy", "--yes", "-s", "local");
    assert.match(destroy.output, /- 11 deleted\n/);
    assert.equal(destroy.code, 0);
    await assert.rejects(ask(url), /ECONNREFUSED/);
  });

  it("are refused with all problems of the configuration, and a remedy for each", async () => {
    await pulumi("config", "set", "-s", "prod", "--path", "availabilityZones[1]", "us-west-2");
    await pulumi("config", "set", "-s", "prod", "--path", "instanceIds[2]", "web-3");
    await pulumi("config", "set", "-s", "prod", "instanceId", "i-0a1b2c3d4e5f60001");
    const { code, output } = await pulumi("preview", "-s", "prod");
    assert.notEqual(code, 0);
    assert.match(output, /the configuration of the stack prod is not valid:/);
    assert.match(output, /availabilityZones\[1\] must be .* got "us-west-2"; write a name like/);
    assert.match(output, /pulumi config set -s prod --path 'availabilityZones\[1\]' us-west-2b/);
    assert.match(output, /instanceIds\[2\] must be .* got "web-3"/);
    assert.match(output, /pulumi config set -s prod --path 'instanceIds\[2\]' VALUE/);
    assert.match(output, /instanceId is not an argument; did you mean instanceIds\?/);
    assert.match(output, /pulumi config rm -s prod instanceId/);
    assert.doesNotMatch(output, /\.ts:\d+/, "no stack trace");
  });

  it("are refused when AWS does not have a server, before anything is made", async () => {
    const made = line().changes.length;
    const missing = "i-00000000000001055";
    await pulumi("config", "set", "-s", "dev", "--path", "instanceIds[1]", missing);
    for (const command of [["preview"], ["up", "--yes", "--skip-preview"]]) {
      const { code, output } = await pulumi(...command, "-s", "dev");
      assert.notEqual(code, 0);
      assert.match(output, /instanceIds\[1\]: i-00000000000001055 does not exist in this account/);
      assert.doesNotMatch(output, /\.ts:\d+/, "no stack trace");
      assert.doesNotMatch(output, /unhandled exception/, "which is what a crash reads like");
    }
    assert.deepEqual(line().changes.slice(made), []);
    await pulumi("config", "set", "-s", "dev", "--path", "instanceIds[1]", "i-0a1b2c3d4e5f60002");
  });

  it("are not type-checked at each run, which would take most of its time", async () => {
    const program = path.join(line().folder, "stacks", "config.ts");
    await appendFile(program, 'export const wrong: number = "not a number";\n');
    const { code, output } = await pulumi("preview", "-s", "dev");
    assert.equal(code, 0, output);
  });
});
