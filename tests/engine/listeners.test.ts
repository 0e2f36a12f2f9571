import assert from "node:assert/strict";
import type { ListenerArgs, LoadBalancedGroupArgs } from "../../components/args";
import { SteadyLoad } from "../../demo/load";
import { ask, askSecurely } from "../../emulator/tests/support/httpClient";
import {
  arnsIn,
  CERTIFICATE,
  FIRST,
  groupOf,
  OTHER_CERTIFICATE,
  SECOND,
  Stage,
  THIRD,
  type Run,
} from "../support/stage";

const TEST: ListenerArgs = { port: 843, protocol: "HTTPS", forward: { weights: { green: 1 } } };

/** HTTPS to two servers, and the new version on a third one. */
const blueGreen = (listeners: Record<string, ListenerArgs> = {}): LoadBalancedGroupArgs => ({
  availabilityZones: ["us-west-2a", "us-west-2b"],
  instanceIds: [FIRST, SECOND],
  certificateArn: CERTIFICATE,
  targetGroups: { green: { instanceIds: [THIRD] } },
  rules: { preview: { pathPatterns: ["/preview"], targetGroup: "green" } },
  listeners,
});

const instanceIn = ({ body }: { body: string }) => body.split(" ")[0];

describe("a further listener", function () {
  this.timeout(180_000);
  const stage = Stage.forSuite({ ports: [80, 8080] });
  let first: Run;

  before(async () => {
    first = await stage().up(groupOf(blueGreen()));
    await stage().healthy(arnsIn(first.outputs).targetGroup);
  });

  it("shows testers the new version, and is added alone", async () => {
    const after = await stage().up(groupOf(blueGreen({ test: TEST })));
    assert.deepEqual(after.steps.sort(), [
      "create web-ingress-843-0.0.0.0/0",
      "create web-listener-843",
    ]);
    assert.deepEqual(Object.keys(arnsIn(after.outputs).listeners).sort(), [
      "http",
      "https",
      "test",
    ]);
    const tested = await askSecurely(stage().urlOf(after, "test"));
    assert.equal(instanceIn(tested), THIRD);
    const served = await askSecurely(stage().urlOf(after, "https"));
    assert.notEqual(instanceIn(served), THIRD);
    assert.deepEqual((await stage().refresh()).steps, []);
  });

  it("keeps its listener when its key is renamed", async () => {
    const renamed = groupOf(blueGreen({ preview: TEST }));
    await stage().preview(renamed, { expectNoChanges: true });
  });

  it("has rules and a certificate of its own", async () => {
    const rules = { api: { pathPatterns: ["/api"], targetGroup: "default" } };
    const test = { ...TEST, certificateArn: OTHER_CERTIFICATE, rules };
    const after = await stage().up(groupOf(blueGreen({ test })));
    assert.deepEqual(after.steps.sort(), [
      "create web-listener-843-rule-api",
      "update web-listener-843",
    ]);
    const url = stage().urlOf(after, "test");
    assert.notEqual(instanceIn(await askSecurely(`${url}/api`)), THIRD);
    assert.equal(instanceIn(await askSecurely(url)), THIRD);
  });

  it("is at its new port before the old one is closed", async () => {
    const { calls } = await stage().up(groupOf(blueGreen({ test: { ...TEST, port: 844 } })));
    const ofListeners = calls
      .map(({ call }) => call)
      .filter((call) => /^(create|delete)Listener$/.test(call));
    assert.deepEqual(ofListeners, ["createListener", "deleteListener"]);
  });

  it("takes the place of the redirect and gives it back, by a change of that listener alone", async () => {
    const plain: ListenerArgs = { port: 80, protocol: "HTTP" };
    const redirecting = await stage().up(groupOf(blueGreen()));
    assert.equal((await ask(stage().urlOf(redirecting))).status, 301);

    const serving = await stage().up(groupOf(blueGreen({ http: plain })));
    assert.deepEqual(serving.steps, ["update web-http"]);
    assert.equal((await ask(stage().urlOf(serving))).status, 200);
    assert.equal(arnsIn(serving.outputs).listeners.http, arnsIn(first.outputs).listeners.http);

    const again = await stage().up(groupOf(blueGreen()));
    assert.deepEqual(again.steps, ["update web-http"]);
    assert.equal((await ask(stage().urlOf(again))).status, 301);
  });
});

describe("the ports of listeners", function () {
  this.timeout(180_000);
  const stage = Stage.forSuite({ ports: [80, 8080] });
  const group = (args: Partial<LoadBalancedGroupArgs>) =>
    groupOf({
      availabilityZones: ["us-west-2a", "us-west-2b"],
      instanceIds: [FIRST, SECOND],
      ...args,
    });
  const closed: ListenerArgs = {
    port: 808,
    protocol: "HTTP",
    defaultAction: { fixedResponse: { statusCode: 404 } },
  };

  it("are exchanged by changes of the listeners alone", async () => {
    const before = await stage().up(group({ listeners: { closed } }));
    await stage().healthy(arnsIn(before.outputs).targetGroup);
    assert.equal((await ask(stage().urlOf(before))).status, 200);
    assert.equal((await ask(stage().urlOf(before, "closed"))).status, 404);

    const after = await stage().up(
      group({ port: 808, listeners: { closed: { ...closed, port: 80 } } }),
    );
    assert.deepEqual(after.steps.sort(), ["update web-http", "update web-listener-808"]);
    assert.equal((await ask(stage().urlOf(after))).status, 200);
    assert.equal((await ask(stage().urlOf(after, "closed"))).status, 404);
    assert.deepEqual((await stage().refresh()).steps, []);
  });

  it("are free for the group's own listener when a further one goes", async () => {
    const run = await stage().up(group({ listeners: { closed } }));
    assert.equal((await ask(stage().urlOf(run))).status, 200);
    const after = await stage().up(group({ port: 808 }));
    assert.deepEqual(Object.keys(arnsIn(after.outputs).listeners), ["http"]);
    assert.equal((await ask(stage().urlOf(after))).status, 200);
    assert.equal(after.outputs.url.value, "http://127.0.0.1:808");
  });

  it("are opened and closed without a lost request on the others", async () => {
    const run = await stage().up(group({}));
    const load = new SteadyLoad(stage().urlOf(run), 40);
    await load.further(10);
    await stage().up(group({ listeners: { closed } }));
    await stage().up(group({ listeners: { closed: { ...closed, port: 81 } } }));
    await stage().up(group({}));
    await load.further(10);
    await load.stop();
    const failed = load.answers.filter(({ instanceId }) => instanceId === undefined);
    assert.deepEqual(failed, []);
  });

  it("become HTTPS in place", async () => {
    const plain: ListenerArgs = { port: 843, protocol: "HTTP" };
    await stage().up(group({ listeners: { test: plain } }));
    const secure: ListenerArgs = { ...plain, protocol: "HTTPS", certificateArn: CERTIFICATE };
    const after = await stage().up(group({ listeners: { test: secure } }));
    assert.deepEqual(after.steps, ["update web-listener-843"]);
    assert.equal((await askSecurely(stage().urlOf(after, "test"))).status, 200);
  });

  it("of HTTPS may be another one, to which HTTP is redirected", async () => {
    const args = { certificateArn: CERTIFICATE, redirectStatusCode: "HTTP_302" as const };
    await stage().up(group(args));
    const after = await stage().up(group({ ...args, httpsPort: 843 }));
    assert.deepEqual(after.steps.sort(), [
      "create web-ingress-843-0.0.0.0/0",
      "create web-listener-843",
      "delete web-https",
      "delete web-ingress-443-0.0.0.0/0",
      "update web-http",
    ]);
    const redirect = await ask(stage().urlOf(after));
    assert.equal(redirect.status, 302);
    const { location = "" } = redirect.headers;
    assert.equal(location, `${stage().urlOf(after, "https")}/`);
    assert.equal((await askSecurely(location)).status, 200);
  });
});
