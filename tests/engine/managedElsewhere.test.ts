import assert from "node:assert/strict";
import type { ForwardArgs, LoadBalancedGroupArgs } from "../../components/args";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { LoadBalancedService } from "../../components/loadBalancedService";
import { SteadyLoad } from "../../demo/load";
import { FIRST, SECOND, Stage, THIRD, outputsOf, type Run } from "../support/stage";

const MANAGED: ForwardArgs = { weights: { blue: 1, green: 0 }, managedElsewhere: true };

/** What another tool deploys: green has no targets until the tool registers them. */
const DEPLOYED: LoadBalancedGroupArgs = {
  availabilityZones: ["us-west-2a", "us-west-2b"],
  targetGroups: { blue: { instanceIds: [FIRST, SECOND] }, green: {} },
  forward: MANAGED,
  rules: { api: { pathPatterns: ["/api/*"], forward: MANAGED } },
};

const programOf =
  (changes: Partial<LoadBalancedGroupArgs> = {}) =>
  () => {
    const group = new LoadBalancedGroup("web", { ...DEPLOYED, ...changes });
    const { targetGroupArns, ruleArns } = group;
    return Promise.resolve({ ...outputsOf(group), targetGroupArns, ruleArns });
  };

const valuesIn = ({ outputs }: Run, name: string) => outputs[name].value as Record<string, string>;

describe("weights that another tool changes", function () {
  this.timeout(180_000);
  const stage = Stage.forSuite({ ports: [80, 81] });
  let groups: Record<string, string> = {};
  let ruleArn = "";
  let listenerArn = "";
  let loads: SteadyLoad[] = [];

  /** What the tool has done: the share of green in the rule and in the default action. */
  function shares() {
    const { elb } = stage().emulator;
    return [elb.describeRule(ruleArn).action, elb.describeListener(listenerArn).defaultAction].map(
      (action) => {
        assert.ok("targetGroups" in action);
        const byArn = action.targetGroups.map(
          ({ targetGroupArn, weight }) => [targetGroupArn, weight] as const,
        );
        return Object.fromEntries(byArn)[groups.green];
      },
    );
  }

  async function shift(green: number): Promise<void> {
    const { elb } = stage().emulator;
    const targetGroups = [
      { targetGroupArn: groups.blue, weight: 100 - green },
      { targetGroupArn: groups.green, weight: green },
    ];
    const action = { type: "forward" as const, targetGroups };
    elb.modifyRule(ruleArn, { action });
    const listener = elb.describeListener(listenerArn);
    await elb.modifyListener(listenerArn, { ...listener, defaultAction: action });
  }

  before(async () => {
    const run = await stage().up(programOf());
    groups = valuesIn(run, "targetGroupArns");
    ruleArn = valuesIn(run, "ruleArns").api;
    listenerArn = valuesIn(run, "listenerArns").http;
    await stage().healthy(groups.blue);
    const url = stage().urlOf(run);
    loads = [url, `${url}/api/x`].map((each) => new SteadyLoad(each, 30));
  });

  after(async () => {
    await Promise.all(loads.map((load) => load.stop()));
  });

  /** The servers of the next requests, none of which may fail. */
  const servers = async () => {
    const answers = loads.map(async (load) => {
      const from = load.answers.length;
      await load.further(20);
      return load.answers.slice(from).map(({ instanceId }) => instanceId ?? "nobody");
    });
    return (await Promise.all(answers)).flat();
  };

  it("start as the program says", async () => {
    assert.deepEqual(shares(), [0, 0]);
    assert.ok((await servers()).every((id) => [FIRST, SECOND].includes(id)));
  });

  it("stay as the tool sets them, whatever Pulumi does", async () => {
    stage().emulator.elb.registerTarget(groups.green, { id: THIRD, port: 80 });
    await shift(0);
    await stage().healthy(groups.green);
    await shift(50);
    assert.deepEqual((await stage().up(programOf())).steps, []);
    assert.deepEqual(shares(), [50, 50]);

    await shift(100);
    await stage().refresh();
    assert.deepEqual((await stage().up(programOf())).steps, []);
    await stage().preview(programOf(), { expectNoChanges: true });
    assert.deepEqual(shares(), [100, 100]);
    // Requests that were sent before the last shift may have reached blue.
    await servers();
    assert.deepEqual([...new Set(await servers())], [THIRD]);
  });

  it("stay when other properties of the listener and the rule change, and when those here change", async () => {
    const rules = {
      api: { pathPatterns: ["/api/*", "/v2/*"], forward: MANAGED },
    };
    const other = {
      rules,
      tags: { team: "web" },
      responseHeaders: { contentSecurityPolicy: "default-src 'self'" },
    };
    // What the state has is older than what AWS has.
    await shift(40);
    const first = await stage().up(programOf(other));
    const changed = first.calls.map(({ call }) => call).filter((call) => call.startsWith("modify"));
    assert.deepEqual(changed.sort(), ["modifyListenerAttributes", "modifyRule"]);
    assert.deepEqual(shares(), [40, 40]);

    // And now what the state has is newer than what was deployed.
    await shift(60);
    await stage().refresh();
    const weights = { blue: 7, green: 3 };
    const forward = { ...MANAGED, weights };
    const next = { ...other, forward, rules: { api: { ...DEPLOYED.rules?.api, forward } } };
    const { steps, differences } = await stage().up(programOf(next));
    assert.deepEqual(steps, ["update web-rule-api"]);
    assert.match(differences["web-rule-api"].join(), /^conditions/);
    assert.deepEqual(shares(), [60, 60]);
  });

  it("refuse a target group that the tool does not know, before anything is changed", async () => {
    const { blue } = DEPLOYED.targetGroups ?? {};
    const replaced = programOf({ targetGroups: { blue: { ...blue, port: 8080 }, green: {} } });
    await assert.rejects(stage().preview(replaced), (error: Error) => {
      assert.match(
        error.message,
        /'web': 2 problems:\s+- forward.managedElsewhere: the target group blue is created or replaced, but/,
      );
      assert.match(error.message, /- rules.api.forward.managedElsewhere: the target group blue/);
      return true;
    });
    const forward = { weights: { blue: 1, green: 1, red: 0 }, managedElsewhere: true };
    const added = programOf({ targetGroups: { ...DEPLOYED.targetGroups, red: {} }, forward });
    await assert.rejects(
      stage().preview(added),
      /'web': forward.managedElsewhere: the target group red is created/,
    );
    assert.deepEqual(shares(), [60, 60]);
  });

  it("are Pulumi's again without the argument, and then a target group can be added", async () => {
    const forward = { weights: { blue: 40, green: 60, red: 0 } };
    const changes = { targetGroups: { ...DEPLOYED.targetGroups, red: {} }, forward };
    await stage().up(programOf(changes));
    assert.deepEqual(shares(), [60, 60]);
    const managed = { ...changes, forward: { ...forward, managedElsewhere: true } };
    const { steps } = await stage().up(programOf(managed));
    assert.deepEqual(steps, []);
    await shift(10);
    assert.deepEqual((await stage().up(programOf(managed))).steps, []);
    assert.deepEqual(shares(), [10, 10]);
    const failed = loads.flatMap(({ answers }) => answers.filter(({ failure }) => failure));
    assert.deepEqual(failed, []);
  });

  it("start anew with a new load balancer, whose target groups are new too", async () => {
    await Promise.all(loads.map((load) => load.stop()));
    const run = await stage().up(programOf({ internal: true }));
    groups = valuesIn(run, "targetGroupArns");
    ruleArn = valuesIn(run, "ruleArns").api;
    listenerArn = valuesIn(run, "listenerArns").http;
    assert.deepEqual(shares(), [0, 0]);
  });

  it("are those of a service's rule too", async () => {
    const service =
      (paths: string[], blue: object = {}) =>
      () => {
        const { ruleArns, targetGroupArns } = new LoadBalancedService("orders", {
          listenerArn,
          rules: { main: { pathPatterns: paths, forward: MANAGED } },
          targetGroups: { blue: { instanceIds: [FIRST], ...blue }, green: {} },
        });
        return Promise.resolve({ ruleArns, targetGroupArns, listenerArns: { http: listenerArn } });
      };
    const other = await stage().withStack("orders");
    const run = await other.up(service(["/orders/*"]));
    groups = valuesIn(run, "targetGroupArns");
    ruleArn = valuesIn(run, "ruleArns").main;
    const { elb } = stage().emulator;
    const targetGroups = [
      { targetGroupArn: groups.blue, weight: 0 },
      { targetGroupArn: groups.green, weight: 1 },
    ];
    elb.modifyRule(ruleArn, { action: { type: "forward", targetGroups } });
    await other.refresh();
    const { steps } = await other.up(service(["/orders/*", "/carts/*"]));
    assert.deepEqual(steps, ["update orders-rule-main"]);
    const { action, conditions } = elb.describeRule(ruleArn);
    assert.deepEqual(action, { type: "forward", targetGroups });
    assert.equal(conditions[0].values.length, 2);
    await assert.rejects(
      other.preview(service(["/orders/*"], { protocol: "HTTPS", port: 443 })),
      /LoadBalancedService 'orders': rules.main.forward.managedElsewhere: the target group blue is/,
    );
  });
});
