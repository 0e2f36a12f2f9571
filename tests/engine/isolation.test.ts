import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation";
import { isolatedEnvironment } from "../../tools/isolation";
import { engine, ENGINE_TIMEOUT } from "../support/engine";
import { restoreEnvironment, useScratch } from "../support/scratch";

describe("isolatedEnvironment", function () {
  this.timeout(60_000);
  const scratch = useScratch();
  restoreEnvironment();

  before(async function () {
    this.timeout(ENGINE_TIMEOUT);
    await engine();
  });

  it("runs the engine untouched by the user's settings, and leaves these alone", async () => {
    const home = path.join(scratch(), "user");
    await mkdir(path.join(home, ".pulumi"), { recursive: true });
    const credentials = path.join(home, ".pulumi", "credentials.json");
    await writeFile(credentials, "not to be read");
    Object.assign(process.env, {
      HOME: home,
      PULUMI_HOME: path.join(home, ".pulumi"),
      PULUMI_ACCESS_TOKEN: "users-token",
      PULUMI_BACKEND_URL: "file:///nowhere",
      PULUMI_CONFIG_PASSPHRASE_FILE: "/nowhere",
      PULUMI_STACK: "users-stack",
      PULUMI_DEBUG_PROVIDERS: "aws",
      AWS_PROFILE: "users-profile",
    });

    const envVars = isolatedEnvironment(path.join(scratch(), "run"));
    const { root } = await engine();
    const workspace = await LocalWorkspace.create({
      envVars,
      pulumiCommand: await PulumiCommand.get({ root }),
      projectSettings: { name: "isolated", runtime: "nodejs" },
    });
    await workspace.createStack("dev");
    const stacks = await workspace.listStacks();

    assert.deepEqual(
      stacks.map(({ name, current }) => ({ name, current })),
      [{ name: "dev", current: true }],
    );
    assert.equal(process.env.AWS_PROFILE, undefined);
    assert.deepEqual(await readdir(path.join(home, ".pulumi")), ["credentials.json"]);
    const run = path.join(scratch(), "run");
    assert.ok((await readdir(path.join(run, "home"))).includes("workspaces"), "the selected stack");
    assert.ok((await readdir(path.join(run, "state"))).includes(".pulumi"), "the stack's state");
  });
});
