import assert from "node:assert/strict";
import { readAccount } from "../../page/account";
import { makeCall, handChanges } from "../../page/handChanges";
import { marksBetween } from "../../page/marks";
import { pictureOf } from "../../page/picture";
import { EmulatorFixture, WEB } from "../support/emulatorFixture";
import { webAccount } from "./webAccount";

describe("the page's picture of an account", () => {
  const fixture = EmulatorFixture.inEachTest();
  const state = () => readAccount(fixture.emulator);
  const picture = () => pictureOf(state());
  const ids = () => [...fixture.emulator.servers.keys()];

  it("has no more than the servers where nothing is deployed", () => {
    const { listeners, rules, groups, targets, servers, changes } = picture();
    assert.deepEqual([listeners, rules, groups, targets, changes], [[], [], [], [], []]);
    assert.equal(servers.length, 3);
  });

  it("leads from the listener by its rules to groups and targets, with weights and shares", async () => {
    const { blue, green, listener, rule } = await webAccount(fixture.emulator);
    const { listeners, rules, groups, targets } = picture();

    const url = fixture.emulator.elb.listenerUrl(listener.listenerArn);
    const id = listener.listenerArn;
    assert.deepEqual(listeners, [{ id, loadBalancer: "web", protocol: "HTTP", port: 80, url }]);
    assert.deepEqual(
      rules.map(({ listenerId, priority, condition, action }) => [
        listenerId,
        priority,
        condition,
        action,
      ]),
      [
        [id, 7, "path /down", "answers 503"],
        [id, undefined, "all other requests", "forwards by weight"],
      ],
    );
    assert.equal(rules[0].id, rule.ruleArn);
    assert.deepEqual(rules[1].forwards, [
      { groupId: blue, weight: 3, share: 0.75 },
      { groupId: green, weight: 1, share: 0.25 },
    ]);
    assert.deepEqual(
      groups.map(({ name, detail }) => `${name}: ${detail}`),
      ["blue: HTTP 80, instances", "green: HTTP 80, instances"],
    );
    const [first, second, third] = ids();
    assert.deepEqual(
      targets.map(({ groupId, targetId, zone }) => [groupId, targetId, zone]),
      [
        [blue, first, "us-west-2a"],
        [blue, second, "us-west-2b"],
        [green, third, "us-west-2a"],
      ],
    );
  });

  it("has each target's state and reason", async () => {
    await webAccount(fixture.emulator);
    const { state: now, reason } = picture().targets[0];
    assert.deepEqual([now, reason], ["initial", "Elb.RegistrationInProgress"]);
  });

  it("gives no share to a rule whose weights are all 0", async () => {
    const { emulator } = fixture;
    const { listener, blue } = await webAccount(emulator);
    const targetGroups = [{ targetGroupArn: blue, weight: 0 }];
    await emulator.elb.modifyListener(listener.listenerArn, {
      ...listener,
      defaultAction: { type: "forward", targetGroups },
    });
    assert.deepEqual(picture().rules[1].forwards, [{ groupId: blue, weight: 0, share: 0 }]);
  });

  it("says in words what a rule asks for, and where it sends requests", async () => {
    const { emulator } = fixture;
    const { listener, blue } = await webAccount(emulator);
    emulator.elb.createRule({
      listenerArn: listener.listenerArn,
      priority: 3,
      conditions: [
        { field: "host-header", values: ["a.example.com", "b.example.com"] },
        { field: "http-header", httpHeaderName: "X-Team", values: ["red"] },
        { field: "query-string", values: [{ key: "v", value: "2" }] },
      ],
      action: {
        type: "redirect",
        protocol: "HTTPS",
        host: "#{host}",
        port: "443",
        path: "/#{path}",
        query: "#{query}",
        statusCode: "HTTP_301",
      },
    });
    emulator.elb.createRule({
      listenerArn: listener.listenerArn,
      priority: 4,
      conditions: [{ field: "path-pattern", values: ["/old"] }],
      action: {
        type: "redirect",
        protocol: "#{protocol}",
        host: "#{host}",
        port: "#{port}",
        path: "/new",
        query: "#{query}",
        statusCode: "HTTP_302",
      },
    });
    emulator.elb.createRule({
      listenerArn: listener.listenerArn,
      priority: 5,
      conditions: [{ field: "source-ip", values: ["10.0.0.0/8"] }],
      action: { type: "forward", targetGroupArn: blue },
    });
    emulator.elb.createRule({
      listenerArn: listener.listenerArn,
      priority: 6,
      conditions: [{ field: "path-pattern", isRegex: true, values: ["^/v\\d+/"] }],
      action: { type: "forward", targetGroupArn: blue },
      transforms: [{ type: "url-rewrite", regex: "^/v\\d+/", replace: "/" }],
    });
    assert.deepEqual(
      picture().rules.map(({ condition, action }) => `${condition}: ${action}`),
      [
        "host a.example.com or b.example.com and X-Team: red and ?v=2: redirects to https://…:443",
        "path /old: redirects to /new",
        "source 10.0.0.0/8: forwards",
        "path matches ^/v\\d+/: rewrites, then forwards",
        "path /down: answers 503",
        "all other requests: forwards by weight",
      ],
    );
  });

  it("marks what happened between two pictures", async () => {
    const { emulator } = fixture;
    const { blue, listener } = await webAccount(emulator);
    const before = picture();
    const [first] = ids();
    const server = emulator.servers.get(first);
    await server?.stop();
    emulator.elb.deregisterTarget(blue, { id: first, port: 80 });
    await emulator.elb.deleteListener(listener.listenerArn);

    assert.deepEqual(marksBetween(before, picture()), [
      { tone: "bad", text: "i-…60001 was stopped" },
      { tone: "info", text: "i-…60001 is draining" },
      { tone: "info", text: "listener HTTP 80 was closed" },
    ]);
  });

  it("marks unhealthy targets with the reason, and those that are back", async () => {
    await webAccount(fixture.emulator);
    const now = picture();
    const as = (health: object) => ({
      ...now,
      targets: now.targets.map((target) => ({ ...target, ...health })),
    });
    const healthy = as({ state: "healthy", reason: undefined });
    const unhealthy = as({ state: "unhealthy", reason: "Target.Timeout" });

    assert.deepEqual(marksBetween(now, healthy), [{ tone: "good", text: "3 servers are healthy" }]);
    assert.deepEqual(marksBetween(healthy, unhealthy), [
      { tone: "bad", text: "3 servers are unhealthy: Target.Timeout" },
    ]);
    assert.deepEqual(marksBetween(unhealthy, healthy), [
      { tone: "good", text: "3 servers are healthy again" },
    ]);
    assert.deepEqual(marksBetween(healthy, healthy), []);
  });

  it("names what can be changed by hand, and the change is made", async () => {
    const { emulator } = fixture;
    const { rule } = await webAccount(emulator);
    const make = (text: string) => {
      const found = handChanges(state()).find((change) => change.text.includes(text));
      assert.ok(found, text);
      makeCall(emulator, found.call);
    };

    make("inbound tcp 80 from 0.0.0.0/0");
    make("Delete rule 7 of listener 80");
    make("Idle timeout of web: 120 s");
    make("Remove the Server header");
    make("Deregistration delay of blue: 5 s");

    const { securityGroups, rules, loadBalancers, listeners, targetGroups } = state();
    assert.equal(securityGroups[0].groupId, WEB);
    assert.deepEqual(
      securityGroups[0].rules.map(({ isEgress }) => isEgress),
      [true],
    );
    assert.deepEqual(
      rules.filter(({ ruleArn }) => ruleArn === rule.ruleArn),
      [],
    );
    assert.equal(loadBalancers[0].attributes["idle_timeout.timeout_seconds"], "120");
    assert.equal(listeners[0].attributes["routing.http.response.server.enabled"], "false");
    assert.equal(targetGroups[0].attributes["deregistration_delay.timeout_seconds"], "5");
  });
});
