import assert from "node:assert/strict";
import { ask } from "./support/httpClient";
import { EmulatorFixture, LISTENER } from "./support/emulatorFixture";
import { ElbStage } from "./support/elbStage";
import { refuses } from "./support/awsErrors";

const key = (name: string) => `routing.http.response.${name}`;
const HSTS = key("strict_transport_security.header_value");
const FRAMES = key("x_frame_options.header_value");
const SERVER = key("server.enabled");

describe("a listener's response headers", () => {
  let stage: ElbStage;
  beforeEach(() => {
    stage = new ElbStage();
  });
  afterEach(() => stage.close());

  it("are added to the targets' answers, in place of those of the same names", async () => {
    const { url, listener } = await stage.balanced([
      (_, response) => {
        response.writeHead(200, {
          "x-frame-options": "DENY",
          "X-Own": "1",
          "Set-Cookie": ["a", "b"],
        });
        response.end("served");
      },
    ]);
    const before = await ask(url);
    assert.equal(before.headers["x-frame-options"], "DENY");
    assert.equal(before.headers.server, "awselb/2.0");

    stage.elb.modifyListenerAttributes(listener.listenerArn, {
      [HSTS]: "max-age=60",
      [FRAMES]: "SAMEORIGIN",
    });
    const { headers, rawHeaders, body } = await ask(url);
    assert.equal(body, "served");
    assert.equal(headers["strict-transport-security"], "max-age=60");
    assert.equal(headers["x-frame-options"], "SAMEORIGIN");
    assert.equal(headers["x-own"], "1");
    assert.deepEqual(headers["set-cookie"], ["a", "b"]);
    assert.ok(rawHeaders.includes("X-Frame-Options") && !rawHeaders.includes("x-frame-options"));
  });

  it("are added to the load balancer's own answers", async () => {
    const { url, listener } = await stage.balanced([]);
    stage.elb.modifyListenerAttributes(listener.listenerArn, { [FRAMES]: "DENY" });
    const { status, headers } = await ask(url);
    assert.deepEqual([status, headers["x-frame-options"]], [503, "DENY"]);
  });

  it("leave the Server header out when it is switched off", async () => {
    const { url, listener } = await stage.balanced([
      (_, response) => {
        response.setHeader("Server", "own");
        response.end();
      },
    ]);
    assert.equal((await ask(url)).headers.server, "own");
    stage.elb.modifyListenerAttributes(listener.listenerArn, { [SERVER]: "false" });
    assert.equal((await ask(url)).headers.server, undefined);
    const empty = await stage.balanced([]);
    stage.elb.modifyListenerAttributes(empty.listener.listenerArn, { [SERVER]: "false" });
    assert.equal((await ask(empty.url)).headers.server, undefined);
  });

  it("have AWS's values only", async () => {
    const { listener } = await stage.balanced([]);
    const modify = (attributes: Record<string, string>) => () =>
      stage.elb.modifyListenerAttributes(listener.listenerArn, attributes);
    refuses(modify({ "routing.http.response.x": "1" }), "ValidationError", /not recognized/);
    for (const [name, value] of [
      ["x_content_type_options", "sniff"],
      ["access_control_allow_credentials", "false"],
      ["access_control_max_age", "86401"],
      ["content_security_policy", "x".repeat(1025)],
      ["content_security_policy", "a\nb"],
    ]) {
      const attributes = { [key(`${name}.header_value`)]: value };
      refuses(modify(attributes), "ValidationError", /is not valid/);
    }
    assert.equal(stage.elb.describeListenerAttributes(listener.listenerArn)[SERVER], "true");
  });
});

describe("the provider's response headers", () => {
  const fixture = EmulatorFixture.inEachTest();
  const PROPERTY = "routingHttpResponseXFrameOptionsHeaderValue";

  it("are set after the listener is made, changed alone, and kept when left out", async () => {
    const { provider } = fixture;
    const { listener } = await fixture.makeListener();
    const inputs = { ...listener.inputs, [PROPERTY]: "DENY" };
    assert.deepEqual((await provider.diff(LISTENER, listener.state, inputs)).kinds, {
      [PROPERTY]: "ADD",
    });
    const start = fixture.emulator.calls.length;
    const changed = await provider.update(LISTENER, listener.id, listener.state, inputs);
    assert.deepEqual(
      fixture.callsSince(start).filter((call) => call.startsWith("Modify")),
      ["ModifyListenerAttributes"],
    );
    assert.equal(changed[PROPERTY], "DENY");
    assert.deepEqual((await provider.diff(LISTENER, changed, listener.inputs)).kinds, {});
    const read = await provider.read(LISTENER, listener.id, { state: changed, inputs });
    assert.equal(read.state[PROPERTY], "DENY");
  });
});
