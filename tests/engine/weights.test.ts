import assert from "node:assert/strict";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { SteadyLoad } from "../../demo/load";
import { FIRST, SECOND, Stage, THIRD, outputsOf, type Run } from "../support/stage";

/** Blue and green, and how much of the traffic each gets. */
const serving = (weights: Record<string, number>, green: object = {}): LoadBalancedGroupArgs => ({
  availabilityZones: ["us-west-2a", "us-west-2b"],
  targetGroups: {
    blue: { instanceIds: [FIRST, SECOND] },
    green: { instanceIds: [THIRD], ...green },
  },
  forward: { weights },
});

const programOf = (args: LoadBalancedGroupArgs) => () => {
  const group = new LoadBalancedGroup("web", args);
  return Promise.resolve({ ...outputsOf(group), targetGroupArns: group.targetGroupArns });
};

const groupsIn = ({ outputs }: Run) => outputs.targetGroupArns.value as Record<string, string>;

describe("target groups that share the traffic", function () {
  this.timeout(180_000);
  const stage = Stage.forSuite({ ports: [80, 8080] });
  let groups: Record<string, string> = {};
  let url = "";

  before(async () => {
    const run = await stage().up(programOf(serving({ blue: 1, green: 0 })));
    groups = groupsIn(run);
    url = stage().urlOf(run);
    await stage().healthy(groups.blue);
    await stage().healthy(groups.green);
  });

  /** The share of green, in percent, of a number of requests; none of them may fail. */
  async function shareOfGreen(requests: number): Promise<number> {
    const load = new SteadyLoad(url, 100);
    await load.further(requests);
    await load.stop();
    const servers = load.answers.map(({ instanceId }) => instanceId);
    assert.ok(!servers.includes(undefined));
    return (servers.filter((id) => id === THIRD).length / servers.length) * 100;
  }

  it("have a healthy group of weight 0 that gets none of it", async () => {
    assert.equal(await shareOfGreen(20), 0);
  });

  it("change their shares by the listener alone", async () => {
    const { steps, calls, differences } = await stage().up(
      programOf(serving({ blue: 3, green: 1 })),
    );
    assert.deepEqual(steps, ["update web-http"]);
    assert.deepEqual(
      calls.map(({ call }) => call),
      ["modifyListener"],
    );
    const weight = /^defaultActions\[0\]\.forward\.targetGroups\[\d\]\.weight$/;
    for (const path of differences["web-http"]) assert.match(path, weight);
    const share = await shareOfGreen(40);
    assert.ok(share > 20 && share < 30, String(share));
  });

  it("have nothing to do when the keys come in another order", async () => {
    const { targetGroups = {}, ...args } = serving({ green: 1, blue: 3 });
    const { green, blue } = targetGroups;
    const reordered = programOf({ ...args, targetGroups: { green, blue } });
    await stage().preview(reordered, { expectNoChanges: true });
    await stage().refresh();
  });

  it("lose no server when one of them is replaced, and no request", async () => {
    const load = new SteadyLoad(url, 40);
    await load.further(10);
    const run = await stage().up(programOf(serving({ blue: 3, green: 1 }, { port: 8080 })));
    const { green } = groupsIn(run);
    await stage().healthy(green);
    await load.further(20);
    await load.stop();

    const calls = run.calls.map(({ call }) => call).filter((call) => !call.startsWith("modifyTar"));
    assert.deepEqual(calls, [
      "createTargetGroup",
      "registerTarget",
      "modifyListener",
      "deregisterTarget",
      "deleteTargetGroup",
    ]);
    assert.deepEqual(stage().registered(green), [`${THIRD}:8080`]);
    const failed = load.answers.filter(({ instanceId }) => instanceId === undefined);
    assert.deepEqual(failed, []);
  });

  it("keep a client where it is once asked to, which leaving it out again does not end", async () => {
    const args = serving({ blue: 3, green: 1 }, { port: 8080 });
    const { weights } = args.forward ?? { weights: {} };
    const forward = { weights, stickinessDuration: 60 };
    await stage().up(programOf({ ...args, forward }));
    const { headers } = await fetch(url);
    assert.match(headers.getSetCookie().join(), /AWSALBTG=/);

    await stage().up(programOf(serving({ blue: 2, green: 1 }, { port: 8080 })));
    assert.match((await fetch(url)).headers.getSetCookie().join(), /AWSALBTG=/);
  });

  it("go with their last user: one group is left, and the listener has its plain form", async () => {
    const { targetGroups = {}, ...args } = serving({ blue: 1 });
    const run = await stage().up(programOf({ ...args, targetGroups: { blue: targetGroups.blue } }));
    const steps = [
      "update web-http",
      `delete web-attachment-green-${THIRD}:8080`,
      "delete web-tg-green",
    ];
    assert.deepEqual(
      run.steps.filter((step) => steps.includes(step)),
      steps,
    );
    assert.deepEqual((await fetch(url)).headers.getSetCookie(), []);
    assert.equal(await shareOfGreen(10), 0);
  });
});
