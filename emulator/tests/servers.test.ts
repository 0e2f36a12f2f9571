import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { sampleAccount } from "../sampleAccount";
import { SampleServer } from "../sampleServer";
import { askSecurely } from "./support/httpClient";

describe("SampleServer", () => {
  const [instance] = sampleAccount().instances;
  const server = new SampleServer(instance, [80, 8080, 443]);

  beforeEach(() => server.start());
  afterEach(() => server.stop());

  const addressOf = (port: number) => `http://127.0.0.1:${instance.ports.get(port) ?? 0}`;

  it("says who answers, on each of its ports and for any path", async () => {
    for (const port of [80, 8080]) {
      const response = await fetch(`${addressOf(port)}/any/path?x=1`);
      assert.equal(response.headers.get("x-instance-id"), instance.instanceId);
      assert.equal(response.headers.get("x-instance-port"), String(port));
      assert.equal(
        await response.text(),
        "i-0a1b2c3d4e5f60001 in us-west-2a served /any/path?x=1\n",
      );
    }
  });

  it("sends back what was posted", async () => {
    const response = await fetch(addressOf(80), { method: "POST", body: "a\nb" });
    assert.equal(await response.text(), "i-0a1b2c3d4e5f60001 in us-west-2a served /\na\nb");
  });

  it("speaks HTTPS on port 443", async () => {
    const { status } = await askSecurely(`https://127.0.0.1:${instance.ports.get(443) ?? 0}/`);
    assert.equal(status, 200);
  });

  it("answers in JSON when asked to", async () => {
    const headers = { accept: "application/json" };
    const response = await fetch(`${addressOf(80)}/`, { headers });
    assert.deepEqual(await response.json(), {
      instanceId: "i-0a1b2c3d4e5f60001",
      availabilityZone: "us-west-2a",
      path: "/",
    });
  });

  it("stops as a crashed process does: connections are cut, and new ones refused", async () => {
    const port = instance.ports.get(80) ?? 0;
    const connection = connect(port, "127.0.0.1");
    await once(connection, "connect");
    const cut = once(connection, "close");
    await server.stop();
    await cut;
    assert.equal(instance.ports.size, 0);
    assert.equal(server.isRunning, false);
    const [error] = (await once(connect(port, "127.0.0.1"), "error")) as [NodeJS.ErrnoException];
    assert.equal(error.code, "ECONNREFUSED");
    await server.start();
    assert.equal((await fetch(addressOf(80))).status, 200);
  });
});
