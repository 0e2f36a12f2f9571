import assert from "node:assert/strict";
import type { WeightedForwardAction } from "../aws";
import { ask } from "./support/httpClient";
import { ElbStage } from "./support/elbStage";
import { refuses, rejects } from "./support/awsErrors";

const STICKY = { "stickiness.enabled": "true" };

describe("forwarding to several target groups", () => {
  let stage: ElbStage;
  beforeEach(() => {
    stage = new ElbStage();
  });
  afterEach(async () => {
    await stage.close();
  });

  const action = (
    weights: Record<string, number>,
    stickinessDurationSeconds?: number,
  ): WeightedForwardAction => ({
    type: "forward",
    targetGroups: Object.entries(weights).map(([targetGroupArn, weight]) => ({
      targetGroupArn,
      weight,
    })),
    ...(stickinessDurationSeconds === undefined ? {} : { stickinessDurationSeconds }),
  });

  /** Two groups of one healthy server each, `i-1` and `i-2`, behind one listener. */
  async function shared(weights: [number, number], duration?: number) {
    const groups = [stage.group(), stage.group()];
    const weighed = (now: [number, number]) =>
      action({ [groups[0]]: now[0], [groups[1]]: now[1] }, duration);
    const listener = await stage.forward("", {}, { defaultAction: weighed(weights) });
    for (const [at, group] of groups.entries()) {
      await stage.addServer(`i-${at + 1}`);
      await stage.registerHealthy(group, `i-${at + 1}`);
    }
    const url = stage.elb.listenerUrl(listener.listenerArn);
    const change = (now: [number, number]) =>
      stage.elb.modifyListener(listener.listenerArn, { ...listener, defaultAction: weighed(now) });
    return { groups, url, change, listener };
  }

  async function counts(url: string, requests: number): Promise<Record<string, number>> {
    const served: Record<string, number> = {};
    for (let count = 0; count < requests; count += 1) {
      const { status, body } = await ask(url);
      const by = status === 200 ? body : String(status);
      served[by] = (served[by] ?? 0) + 1;
    }
    return served;
  }

  it("gives each its share", async () => {
    const { url, change } = await shared([90, 10]);
    assert.deepEqual(await counts(url, 20), { "i-1": 18, "i-2": 2 });
    await change([1, 3]);
    assert.deepEqual(await counts(url, 8), { "i-1": 2, "i-2": 6 });
  });

  it("checks the servers of weight 0, and sends them nothing", async () => {
    const { url, groups } = await shared([1, 0]);
    const [{ state }] = stage.elb.describeTargetHealth(groups[1]);
    assert.equal(state, "healthy");
    assert.deepEqual(await counts(url, 4), { "i-1": 4 });
  });

  it("has nobody step in for a group without servers, nor where all weights are 0", async () => {
    const { url, groups, change } = await shared([1, 1]);
    const drained = stage.reaches("i-2", "draining");
    stage.elb.deregisterTarget(groups[1], { id: "i-2", port: 80 });
    await drained;
    assert.deepEqual(await counts(url, 4), { "i-1": 2, "503": 2 });
    await change([0, 0]);
    assert.deepEqual(await counts(url, 2), { "503": 2 });
  });

  it("keeps a client with its group, even when the group gets no others any more", async () => {
    const { url, change } = await shared([1, 0], 60);
    const cookies = (await ask(url)).headers["set-cookie"] ?? [];
    assert.match(cookies[0], /^AWSALBTG=[^;]+; Expires=[^;]+ GMT; Path=\/$/);
    assert.match(cookies[1], /^AWSALBTGCORS=[^;]+; .*SameSite=None; Secure$/);
    await change([0, 1]);
    for (const cookie of cookies) {
      const headers = { Cookie: cookie.split(";")[0] };
      assert.equal((await ask(url, { headers })).body, "i-1");
    }
    assert.equal((await ask(url)).body, "i-2");
    assert.equal((await ask(url, { headers: { Cookie: "AWSALBTG=x" } })).body, "i-2");
  });

  it("sets no cookies of its own unless it is asked to", async () => {
    const { url } = await shared([1, 1]);
    assert.equal((await ask(url)).headers["set-cookie"], undefined);
  });

  it("takes 5 groups, each once, with weights from 0 to 999", async () => {
    const groups = Array.from({ length: 6 }, () => stage.group());
    const forward = (defaultAction: WeightedForwardAction) =>
      stage.forward("", {}, { defaultAction });
    const all = Object.fromEntries(groups.map((arn) => [arn, 999]));
    await rejects(forward(action(all)), "ValidationError", /at most '5' target groups/);
    const [first] = groups;
    const twice = { targetGroupArn: first, weight: 1 };
    const repeated = { type: "forward", targetGroups: [twice, twice] } as const;
    await rejects(forward(repeated), "ValidationError", /must be unique/);
    for (const weight of [-1, 1000]) {
      await rejects(forward(action({ [first]: weight })), "ValidationError", /between '0' and '99/);
    }
    for (const duration of [0, 604_801]) {
      const words = /^Target group stickiness duration must be between 1 and 604800 seconds$/;
      await rejects(forward(action({ [first]: 1 }, duration)), "ValidationError", words);
    }
    await forward(action(Object.fromEntries(groups.slice(1).map((arn) => [arn, 0])), 604_800));
  });

  it("needs stickiness to a group before stickiness to a target", async () => {
    const words = /You must enable group stickiness before enabling target stickiness$/;
    const sticky = stage.group(STICKY);
    const loose = action({ [sticky]: 1, [stage.group()]: 1 });
    const code = "InvalidConfigurationRequest";
    await rejects(stage.forward("", {}, { defaultAction: loose }), code, words);
    const { groups } = await shared([1, 1]);
    refuses(() => stage.elb.modifyTargetGroupAttributes(groups[0], STICKY), code, words);
    const { groups: kept } = await shared([1, 1], 60);
    stage.elb.modifyTargetGroupAttributes(kept[0], STICKY);
  });

  it("keeps every group that it names, with any weight", async () => {
    const { groups } = await shared([1, 0]);
    refuses(
      () => {
        stage.elb.deleteTargetGroup(groups[1]);
      },
      "ResourceInUse",
      /in use by a listener or a rule/,
    );
    await rejects(stage.forward(groups[1]), "TargetGroupAssociationLimit", /more than one/);
  });
});
