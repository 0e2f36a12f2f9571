import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { ask } from "../../emulator/tests/support/httpClient";
import { arnsIn, groupOf, Stage, TUTORIAL } from "../support/stage";

describe("the load balancer's attributes, deployed", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();
  const program = groupOf({ ...TUTORIAL, idleTimeout: 1, http2: false, zonalShift: true });

  it("are changed in place, those that differ and no others", async () => {
    await stage().up(groupOf(TUTORIAL));
    const { steps, calls, differences } = await stage().up(program);

    assert.deepEqual(steps, ["update web-alb"]);
    assert.deepEqual(differences["web-alb"].sort(), [
      "enableHttp2",
      "enableZonalShift",
      "idleTimeout",
    ]);
    assert.deepEqual(
      calls.map(({ call, args }) => [call, args[1]]),
      [
        [
          "modifyLoadBalancerAttributes",
          {
            "idle_timeout.timeout_seconds": "1",
            "routing.http2.enabled": "false",
            "zonal_shift.config.enabled": "true",
          },
        ],
      ],
    );
  });

  it("end what is silent for longer than the idle timeout", async () => {
    const run = await stage().up(program);
    await stage().healthy(arnsIn(run.outputs).targetGroup);
    const silent = createServer();
    const sockets = new Set<Socket>();
    silent.on("connection", (socket) => sockets.add(socket));
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    for (const instance of stage().account.instances) instance.ports.set(80, port);

    assert.equal((await ask(stage().urlOf(run))).status, 504);
    silent.close();
    for (const socket of sockets) socket.destroy();
  });

  it("are AWS's again when they are left out", async () => {
    const { outputs, steps } = await stage().up(groupOf(TUTORIAL));
    const { loadBalancer } = arnsIn(outputs);
    const { attributes } = stage().emulator.elb.describeLoadBalancer(loadBalancer);

    assert.deepEqual(steps, ["update web-alb"]);
    assert.equal(attributes["idle_timeout.timeout_seconds"], "60");
    assert.equal(attributes["routing.http2.enabled"], "true");
    assert.equal(attributes["zonal_shift.config.enabled"], "false");
  });
});
