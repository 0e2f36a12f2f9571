import assert from "node:assert/strict";
import { once } from "node:events";
import * as http from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setImmediate } from "node:timers/promises";
import { LivePage } from "../../page/livePage";
import type { Action, Change, Shown } from "../../page/model";
import { EventStream } from "../../page/stream";
import { ask } from "../support/httpClient";
import { EmulatorFixture, INPUTS, SECURITY_GROUP } from "../support/emulatorFixture";
import { webAccount } from "./webAccount";

describe("the live page", () => {
  const fixture = EmulatorFixture.inEachTest();
  let page: LivePage;
  let origin: string;
  let cookie: string;

  beforeEach(async () => {
    page = await LivePage.start(fixture.emulator);
    ({ origin } = new URL(page.url));
    const { headers } = await ask(page.url);
    [cookie] = headers["set-cookie"]?.[0].split(";") ?? [];
  });

  afterEach(async () => {
    await page.close();
  });

  const post = (action: Action | string, headers: http.OutgoingHttpHeaders = { origin, cookie }) =>
    ask(`${origin}/actions`, {
      method: "POST",
      headers,
      body: typeof action === "string" ? action : JSON.stringify(action),
    });
  const [serverId] = ["i-0a1b2c3d4e5f60001"];
  const stop: Action = { kind: "stop", serverId };
  const isRunning = () => fixture.emulator.servers.get(serverId)?.isRunning;

  /** Reads events until one is as wanted. */
  async function* events(): AsyncGenerator<{ name: string; data: Partial<Shown> & Change }> {
    const request = http.get(`${origin}/events`, { headers: { cookie }, agent: false });
    const [response] = (await once(request, "response")) as [http.IncomingMessage];
    let text = "";
    try {
      for await (const chunk of response.setEncoding("utf8")) {
        text += String(chunk);
        const messages = text.split("\n\n");
        text = messages.pop() ?? "";
        for (const message of messages) {
          const name = /^event: (.*)$/m.exec(message)?.[1] ?? "";
          yield { name, data: JSON.parse(/^data: (.*)$/m.exec(message)?.[1] ?? "{}") };
        }
      }
    } finally {
      request.destroy();
    }
  }

  describe("lets nobody in", () => {
    it("without the token that was printed", async () => {
      for (const path of ["/", "/?token=wrong", "/page.js", "/events"]) {
        assert.equal((await ask(`${origin}${path}`)).status, 401, path);
      }
      assert.equal((await post(stop, { origin })).status, 401);
      assert.equal((await post(stop, { origin, cookie: `${cookie}x` })).status, 401);
      assert.equal(isRunning(), true);
    });

    it("under another host's name", async () => {
      const { port } = new URL(origin);
      for (const host of [`localhost:${port}`, `evil.example:${port}`, "127.0.0.1"]) {
        assert.equal((await ask(`${origin}/`, { headers: { host, cookie } })).status, 403, host);
      }
    });

    it("from another origin, be it on another port", async () => {
      for (const other of ["http://evil.example", "http://127.0.0.1:1", "null"]) {
        assert.equal((await post(stop, { origin: other, cookie })).status, 403, other);
        const { status } = await ask(`${origin}/events`, { headers: { origin: other, cookie } });
        assert.equal(status, 403);
      }
      const headers = { cookie, "sec-fetch-site": "same-site" };
      assert.equal((await ask(`${origin}/`, { headers })).status, 403);
      assert.equal(isRunning(), true);
    });

    it("to change something without saying where the request comes from", async () => {
      assert.equal((await post(stop, { cookie })).status, 403);
      assert.equal(isRunning(), true);
    });
  });

  it("outlives requests that are no requests, and bodies that never end", async () => {
    const { port } = new URL(origin);
    for (const text of [
      `GET // HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
      `POST /actions HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${origin}\r\nCookie: ${cookie}\r\n` +
        "Content-Length: 9\r\nExpect: 100-continue\r\n\r\n",
    ]) {
      const socket = connect(Number(port), "127.0.0.1");
      const closed = new Promise((resolve) => socket.once("close", resolve));
      const answered = new Promise((resolve) => socket.once("data", resolve));
      socket.on("error", () => undefined).write(text);
      // Either it is cut off, or it is asked to go on and does not.
      await Promise.race([closed, answered]);
      socket.destroy();
      await closed;
    }
    assert.equal((await ask(`${origin}/`, { headers: { cookie } })).status, 200);
  });

  it("keeps the token in a cookie of its own, and out of the address", async () => {
    const { status, headers } = await ask(page.url);
    assert.equal(status, 303);
    assert.equal(headers.location, "/");
    assert.match(headers["set-cookie"]?.[0] ?? "", /; HttpOnly; SameSite=Strict$/);
  });

  it("loads nothing from elsewhere, and says so to the browser", async () => {
    for (const [path, type] of [
      ["/", "text/html"],
      ["/page.js", "text/javascript"],
      ["/page.css", "text/css"],
      ["/icon.svg", "image/svg+xml"],
    ]) {
      const { status, headers, body } = await ask(`${origin}${path}`, { headers: { cookie } });
      assert.equal(status, 200, path);
      assert.ok(headers["content-type"]?.startsWith(type));
      assert.match(
        String(headers["content-security-policy"]),
        /^default-src 'none'; script-src 'self';/,
      );
      assert.equal(headers["access-control-allow-origin"], undefined);
      const addresses = body.match(/https?:\/\/[\w.]+/g) ?? [];
      assert.deepEqual(
        addresses.filter((address) => address !== "http://www.w3.org"),
        [],
        path,
      );
    }
    assert.equal((await ask(`${origin}/../livePage.ts`, { headers: { cookie } })).status, 404);
  });

  it("tells everything first, and then what changes", async () => {
    const { emulator } = fixture;
    const { listener } = await webAccount(emulator);
    const seen: string[] = [];
    for await (const { name, data } of events()) {
      if (name === "all") {
        assert.equal(data.picture?.listeners[0].port, 80);
        await ask(`${emulator.elb.listenerUrl(listener.listenerArn)}/down`);
        assert.equal((await post(stop)).status, 204);
      }
      for (const { path, outcome } of data.requests ?? []) seen.push(`${path} ${outcome}`);
      for (const { text } of data.marks ?? []) seen.push(text);
      if (seen.includes("/down 503") && seen.includes("i-…60001 was stopped")) break;
    }
  });

  it("tells of the engine's changes, but not of its previews", async () => {
    const { provider } = fixture;
    await provider.create(SECURITY_GROUP, INPUTS[SECURITY_GROUP], { preview: true });
    for await (const { name, data } of events()) {
      if (name === "all") {
        assert.equal(data.deployment, undefined);
        await provider.make(SECURITY_GROUP, INPUTS[SECURITY_GROUP]);
        provider.close();
      }
      const { deployment } = data;
      if (deployment?.endedAt === undefined) continue;
      assert.deepEqual(
        deployment.steps.map(({ kind, type, state }) => [kind, type, state]),
        [["create", "SecurityGroup", "done"]],
      );
      break;
    }
  });

  it("cuts off a page that does not read, and keeps nothing for it", async () => {
    const stream = new EventStream();
    const server = http.createServer((_, response) => {
      stream.open(response, {});
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
    await once(server, "request");
    // Nobody reads the socket, so sooner or later nothing more goes out.
    while (stream.isWatched) {
      stream.send({ text: "x".repeat(1024 * 1024) });
      await setImmediate();
    }
    socket.destroy();
    server.close();
  });

  it("sends requests only while a page is open", async () => {
    await webAccount(fixture.emulator);
    const load: Action = { kind: "load", perSecond: 100, path: "/down", listenerId: "" };
    let served = 0;
    fixture.emulator.elb.onRequest(() => (served += 1));
    assert.equal((await post(load)).status, 204);
    for await (const { name, data } of events()) {
      if (name === "all") assert.equal(served, 0);
      if ((data.seconds?.at(-1)?.requests ?? 0) > 50) break;
    }
    assert.ok(served > 50);
  });

  describe("does what is asked for", () => {
    it("with servers", async () => {
      const server = fixture.emulator.servers.get(serverId);
      await post(stop);
      assert.equal(server?.isRunning, false);
      await post({ kind: "start", serverId });
      assert.equal(server.isRunning, true);
      await post({ kind: "answer", serverId, milliseconds: 1, status: 500 });
      const port = server.instance.ports.get(80) ?? 0;
      assert.equal((await ask(`http://127.0.0.1:${port}/`)).status, 500);
    });

    it("with registrations", async () => {
      const { blue } = await webAccount(fixture.emulator);
      const of = { groupId: blue, targetId: serverId, port: 80 };
      const state = () => fixture.emulator.elb.describeTargetHealth(blue)[0].state;
      await post({ kind: "deregister", ...of });
      assert.equal(state(), "draining");
      await post({ kind: "register", ...of });
      assert.equal(state(), "initial");
    });

    it("with the weights of a listener and of a rule", async () => {
      const { emulator } = fixture;
      const { blue, green, listener, rule } = await webAccount(emulator);
      const { listenerArn, defaultAction } = listener;
      emulator.elb.modifyRule(rule.ruleArn, { action: defaultAction });
      await post({ kind: "weight", ruleId: `${listenerArn}#default`, groupId: blue, weight: 0 });
      await post({ kind: "weight", ruleId: rule.ruleArn, groupId: green, weight: 9 });
      const weights = (action: object) =>
        (action as { targetGroups: { weight: number }[] }).targetGroups.map(({ weight }) => weight);
      assert.deepEqual(weights(emulator.elb.describeListener(listenerArn).defaultAction), [0, 1]);
      assert.deepEqual(weights(emulator.elb.describeRule(rule.ruleArn).action), [3, 9]);
    });

    it("by hand, once", async () => {
      await webAccount(fixture.emulator);
      for await (const { data } of events()) {
        const change = data.picture?.changes.find(({ text }) => text.startsWith("Delete rule 7"));
        assert.ok(change);
        assert.equal((await post({ kind: "change", changeId: change.id })).status, 204);
        assert.deepEqual(fixture.emulator.elb.describeRules(), []);
        const { status, body } = await post({ kind: "change", changeId: change.id });
        assert.deepEqual([status, body], [409, "This can't be changed any more."]);
        break;
      }
    });

    it("or says why it can't", async () => {
      const refused: [Action | string, RegExp][] = [
        ["nothing", /load it again/],
        [{ kind: "stop", serverId: "i-unknown" }, /no server i-unknown/],
        [{ kind: "deregister", groupId: "arn", targetId: "i", port: 1 }, /^TargetGroupNotFound: /],
        [{ kind: "load", perSecond: 1e6, path: "/", listenerId: "" }, /from 0 to 200/],
        [{ kind: "load", perSecond: 1, path: "//evil.example/", listenerId: "" }, /one slash/],
        ["x".repeat(20_000), /too long/],
      ];
      for (const [action, why] of refused) {
        const { status, body } = await post(action);
        assert.equal(status, 409);
        assert.match(body, why);
      }
    });
  });
});
