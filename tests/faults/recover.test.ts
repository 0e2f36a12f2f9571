import assert from "node:assert/strict";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "../automation/command";
import { engine } from "../support/engine";
import { killEngines } from "../support/killEngines";
import { groupOf, Stage, TUTORIAL } from "../support/stage";

describe("the recover command, for programs that pulumi up runs", function () {
  this.timeout(180_000);
  const stage = Stage.forSuite();

  it("lets the next pulumi up end as one that was not interrupted", async () => {
    const { stack, emulator } = stage();
    const { envVars, workDir } = stack.workspace;
    const { binFolder } = await engine();
    const env = {
      ...process.env,
      ...envVars,
      TS_NODE_PROJECT: path.join(__dirname, "../../tsconfig.json"),
      PATH: [binFolder, process.env.PATH].join(path.delimiter),
    };
    const recover = () => runCommand(workDir, env, ["recover", "test"]);
    const backend = fileURLToPath(envVars.PULUMI_BACKEND_URL);
    emulator.faults.add({
      call: "CreateLoadBalancer",
      fault: {
        kind: "lost",
        hold: async () => {
          await killEngines(backend, "load-balanced-group", "test");
          return new Promise(() => undefined);
        },
      },
    });
    await assert.rejects(stage().up(groupOf(TUTORIAL)));

    const locked = await recover();
    assert.equal(locked.code, 3, locked.stderr);
    await stack.cancel();
    const { code, stdout, stderr } = await recover();
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /interrupted while creating web-alb/);
    await stage().up(groupOf(TUTORIAL));
    assert.equal(emulator.elb.existingLoadBalancers().length, 1);
    assert.match((await recover()).stdout, /nothing was interrupted/);
    await stage().destroy();
    assert.deepEqual(stage().existing, []);
  });
});
