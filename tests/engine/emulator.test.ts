import assert from "node:assert/strict";
import { freePort } from "../../emulator";
import { ask } from "../../emulator/tests/support/httpClient";
import { programOf, programsIn } from "../support/docPrograms";
import { Stage } from "../support/stage";

describe("the program in the emulator's README, which uses plain resources", function () {
  this.timeout(60_000);
  const stage = Stage.forSuite();

  it("is deployed and serves through its load balancer, by its rule too", async () => {
    const [text] = programsIn("../emulator/README.md", "Run a program of yours");
    const program = programOf(text.replace("8080", String(await freePort())), {});
    const { outputs, steps } = await stage().up(program);
    assert.equal(steps.filter((step) => step.startsWith("create ")).length, 7);
    await stage().healthy(outputs.targetGroupArn.value as string);
    const url = outputs.url.value as string;
    assert.equal(stage().emulator.elb.listenerUrl(outputs.listenerArn.value as string), url);
    const answers = await Promise.all(["/a", "/b"].map((path) => ask(url + path)));
    assert.deepEqual(
      answers.map(({ status, headers }) => [status, headers["x-instance-id"]]).sort(),
      [
        [200, "i-0a1b2c3d4e5f60001"],
        [200, "i-0a1b2c3d4e5f60002"],
      ],
    );
    const { status, body } = await ask(`${url}/maintenance`);
    assert.deepEqual([status, body], [503, "Back soon"]);
  });

  it("has no drift, and leaves nothing behind", async () => {
    await stage().refresh();
    await stage().destroy();
    assert.deepEqual(stage().existing, []);
  });
});
