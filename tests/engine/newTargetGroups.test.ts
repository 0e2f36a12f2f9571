import assert from "node:assert/strict";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { SteadyLoad } from "../../demo/load";
import { FIRST, SECOND, Stage, outputsOf, type Run } from "../support/stage";

/** A group whose targets something else registers, in a target group on this port. */
const GROUP: LoadBalancedGroupArgs = {
  availabilityZones: ["us-west-2a", "us-west-2b"],
  targetGroups: { old: {} },
  forward: { weights: { old: 1 } },
};

const programOf =
  (changes: Partial<LoadBalancedGroupArgs> = {}) =>
  () => {
    const group = new LoadBalancedGroup("web", { ...GROUP, ...changes });
    return Promise.resolve({ ...outputsOf(group), targetGroupArns: group.targetGroupArns });
  };

const groupsIn = ({ outputs }: Run) => outputs.targetGroupArns.value as Record<string, string>;

const warned = ({ warnings }: Run) =>
  warnings.filter((warning) => warning.includes("is created or replaced, and has no targets"));

describe("a service that registers its own targets", function () {
  this.timeout(180_000);
  const stage = Stage.forSuite({ ports: [80, 8080] });
  const replaced = { targetGroups: { old: { port: 8080 } } };

  async function register(targetGroupArn: string, id: string, port: number): Promise<void> {
    stage().emulator.elb.registerTarget(targetGroupArn, { id, port });
    await stage().healthy(targetGroupArn);
  }

  before(async () => {
    const run = await stage().up(programOf());
    assert.deepEqual(warned(run), []);
    await register(groupsIn(run).old, FIRST, 80);
  });

  it("is not there when its target group is replaced, of which the preview warns", async () => {
    const [warning, ...others] = warned(await stage().preview(programOf(replaced)));
    assert.match(warning, /^forward: the target group old is created or replaced/);
    assert.deepEqual(others, []);
    const other = { targetGroups: { new: {} }, forward: { weights: { new: 1 } } };
    assert.equal(warned(await stage().preview(programOf(other))).length, 1);
    const rules = { api: { pathPatterns: ["/api"], targetGroup: "old" } };
    assert.equal(warned(await stage().preview(programOf({ ...replaced, rules }))).length, 1);
  });

  it("needs no warning where Pulumi registers targets, without requests, or for a new rule", async () => {
    const servers = { targetGroups: { old: { port: 8080, instanceIds: [FIRST] } } };
    assert.deepEqual(warned(await stage().preview(programOf(servers))), []);
    const added = {
      targetGroups: { old: {}, new: {}, third: {} },
      forward: { weights: { old: 1, new: 0 } },
      rules: { api: { pathPatterns: ["/api"], targetGroup: "third" } },
    };
    assert.deepEqual(warned(await stage().preview(programOf(added))), []);
  });

  it("learns the ARN of a new target group before it gets requests, if its weight is 0 at first", async () => {
    const targetGroups = { old: {}, new: { port: 8080 } };
    const added = programOf({ targetGroups, forward: { weights: { old: 1, new: 0 } } });
    const run = await stage().up(added);
    const load = new SteadyLoad(stage().urlOf(run), 40);
    await load.further(10);
    await register(groupsIn(run).new, SECOND, 8080);
    await stage().up(programOf({ targetGroups, forward: { weights: { old: 0, new: 1 } } }));
    await load.further(40);
    await load.stop();
    const served = load.answers.map(({ instanceId }) => instanceId);
    assert.deepEqual([...new Set(served)], [FIRST, SECOND]);
    assert.equal(served.at(-1), SECOND);
  });
});

describe("weights that another tool is to change", function () {
  this.timeout(180_000);
  const stage = Stage.forSuite({ ports: [80] });
  const targetGroups = { blue: {}, green: {} };
  const rule = { pathPatterns: ["/api/*"], priority: 10 };
  const blueGreen = { weights: { blue: 1, green: 0 } };
  const managed = { ...blueGreen, managedElsewhere: true };
  const deployed = {
    targetGroups,
    instanceIds: [FIRST],
    forward: { weights: { default: 1, blue: 0, green: 0 } },
    rules: { api: { ...rule, forward: blueGreen } },
  };
  const preview = async (changes: Partial<LoadBalancedGroupArgs>) =>
    stage().preview(programOf({ ...deployed, ...changes }));

  before(async () => {
    await stage().up(programOf(deployed));
  });

  it("must be those of target groups that get requests already, and of nothing else", async () => {
    const only = { targetGroups, instanceIds: undefined, forward: managed };
    await assert.rejects(
      preview(only),
      /forward\.managedElsewhere: the listener or rule does not only forward to these target groups yet/,
    );
    const half = { forward: { weights: { default: 1, blue: 1, green: 0 } } };
    await stage().up(programOf({ ...deployed, ...half }));
    const { warnings } = await preview(only);
    assert.equal(warnings.filter((one) => one.includes("requests also go to")).length, 1);
    const rules = { api: { ...rule, forward: managed } };
    const kept = { rules, forward: { ...deployed.forward, managedElsewhere: true } };
    assert.deepEqual((await preview(kept)).warnings.filter(startsAnew), []);
    await stage().up(programOf({ ...deployed, rules: { api: { ...rule, ...DENIED } } }));
    await assert.rejects(preview({ rules }), /rules\.api\.forward\.managedElsewhere: the listener/);
    await stage().up(programOf(deployed));
  });

  it("are the program's again in a listener or rule that is created anew, of which the preview warns", async () => {
    const rules = { api: { ...rule, priority: 11, forward: managed } };
    const [warning, ...others] = (await preview({ rules })).warnings.filter(startsAnew);
    assert.match(warning, /^rules\.api\.forward: the listener or rule is created or replaced/);
    assert.deepEqual(others, []);
  });
});

const startsAnew = (warning: string) => warning.includes("starts with weights");
const DENIED = { fixedResponse: { statusCode: 403 } };
