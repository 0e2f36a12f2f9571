import assert from "node:assert/strict";
import { deploymentOf } from "../../page/deployment";
import { Marks } from "../../page/marks";
import { Traffic } from "../../page/traffic";
import { Operations } from "../../provider/operations";

const REQUEST = { listenerArn: "listener", method: "GET", path: "/", status: 200, milliseconds: 4 };
const served = (id: string, milliseconds = 4, status: number | undefined = 200) => ({
  ...REQUEST,
  targetGroupArn: "group",
  target: { id, port: 80 },
  milliseconds,
  status,
});

describe("the page's traffic", () => {
  let now: number;
  let traffic: Traffic;
  beforeEach(() => {
    now = 100_000;
    traffic = new Traffic(() => now);
  });

  it("counts each second by itself: requests, errors, latency and servers", () => {
    for (let at = 1; at <= 20; at += 1) traffic.served(served(at <= 15 ? "a" : "b", at));
    now += 1000;
    traffic.served(served("a", 9, 502));
    traffic.served(served("a", 9, 404));
    now += 1000;

    assert.deepEqual(traffic.take().seconds, [
      { at: 100, requests: 20, errors: 0, p50: 10, p95: 19, byServer: { a: 15, b: 5 } },
      { at: 101, requests: 2, errors: 1, p50: 9, p95: 9, byServer: { a: 2 } },
    ]);
  });

  it("has no latency for a second without requests", () => {
    now += 1000;
    const [second] = traffic.take().seconds;
    assert.deepEqual([second.requests, second.p50, second.p95], [0, undefined, undefined]);
  });

  it("tells what took the same way together, and tells it once", () => {
    traffic.served(served("a"));
    traffic.served(served("a", 4, 500));
    traffic.served({ ...REQUEST, ruleArn: "rule", status: 503 });
    assert.deepEqual(
      traffic
        .take()
        .flows.map(({ ruleId, targetId, count, failed }) => [ruleId, targetId, count, failed]),
      [
        ["listener#default", "group a:80", 2, 1],
        ["rule", undefined, 1, 1],
      ],
    );
    assert.deepEqual(traffic.take().flows, []);
  });

  it("counts a request that found nobody, and one whose answer broke off, as errors", () => {
    traffic.missed("GET", "/", "refused", 1);
    traffic.served({ ...REQUEST, status: undefined });
    now += 1000;
    const { seconds, requests } = traffic.take();
    assert.equal(seconds[0].errors, 2);
    assert.deepEqual(
      requests.map(({ outcome, failed }) => [outcome, failed]),
      [
        ["refused", true],
        ["cut off", true],
      ],
    );
  });

  it("keeps no more than the last ten minutes and the last requests, however much comes", () => {
    for (let at = 0; at < 1000; at += 1) {
      for (let count = 0; count < 5; count += 1) traffic.served(served("a"));
      now += 1000;
      traffic.take();
    }
    assert.equal(traffic.seconds.length, 600);
    assert.equal(traffic.seconds.at(-1)?.at, 1099);
    assert.equal(traffic.requests.length, 50);
    now += 1_000_000_000;
    assert.ok(traffic.take().seconds.length <= 2);
  });

  it("keeps the last marks, numbered on", () => {
    const marks = new Marks(() => now);
    for (let at = 0; at < 150; at += 1) marks.add({ tone: "info", text: "so" });
    assert.equal(marks.all.length, 100);
    assert.deepEqual([marks.all[0].id, marks.all.at(-1)?.id], [51, 150]);
    assert.equal(marks.take().length, 100);
    assert.deepEqual(marks.take(), []);
  });
});

describe("the page's deployment", () => {
  const URN = "urn:pulumi:local::project::group$aws:lb/listener:Listener::web-http";

  it("is there from the engine's first change until its last connection ends", async () => {
    const operations = new Operations();
    const [one, other] = [Symbol(), Symbol()];
    assert.equal(deploymentOf(operations.last), undefined);
    let finish: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (finish = resolve));
    const creation = operations.follow(one, "create", URN, () => held);

    let shown = deploymentOf(operations.last);
    assert.deepEqual([shown?.running, shown?.done, shown?.endedAt], [1, 0, undefined]);
    finish();
    await creation;
    const failure = operations.follow(other, "delete", URN, () => Promise.reject(new Error("no")));
    await assert.rejects(failure);
    operations.left(one);
    assert.equal(deploymentOf(operations.last)?.endedAt, undefined);
    operations.left(other);

    shown = deploymentOf(operations.last);
    assert.deepEqual([shown?.running, shown?.done, shown?.failed], [0, 1, 1]);
    assert.notEqual(shown?.endedAt, undefined);
    assert.deepEqual(
      shown?.steps.map(({ kind, name, type, state, error }) => [kind, name, type, state, error]),
      [
        ["create", "web-http", "Listener", "done", undefined],
        ["delete", "web-http", "Listener", "failed", "no"],
      ],
    );
  });

  it("begins anew with the next run", async () => {
    const operations = new Operations();
    for (let run = 0; run < 2; run += 1) {
      const connection = Symbol();
      await operations.follow(connection, "update", URN, () => Promise.resolve());
      operations.left(connection);
    }
    assert.equal(deploymentOf(operations.last)?.steps.length, 1);
  });
});
