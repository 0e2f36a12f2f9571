import assert from "node:assert/strict";
import * as library from "../../index";
import type { AdoptArgs, LoadBalancedGroupArgs } from "../../components/args";
import { SteadyLoad } from "../../demo/load";
import { ask } from "../../emulator/tests/support/httpClient";
import { programOf, programsIn } from "../support/docPrograms";
import { targetGroupByHand, tutorialInConsole } from "./existingResources";
import {
  arnsIn,
  CERTIFICATE,
  FIRST,
  groupOf,
  SECOND,
  Stage,
  THIRD,
  TUTORIAL,
} from "../support/stage";

const ATTACHMENTS = [FIRST, SECOND, THIRD].map((id) => `create web-attachment-${id}:80`);
const REGISTERED = [FIRST, SECOND, THIRD].map((id) => `${id}:80`);

describe("the resources of the tutorial, created in the console and adopted", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite({ ports: [80, 8080] });
  let adopt: Required<AdoptArgs>;
  let load: SteadyLoad;
  const group = (args: LoadBalancedGroupArgs) => groupOf({ ...TUTORIAL, ...args });

  before(async () => {
    adopt = { ...(await tutorialInConsole(stage().emulator)), targetGroupArns: {}, ruleArns: {} };
    await stage().healthy(adopt.targetGroupArn);
    load = new SteadyLoad(stage().emulator.elb.listenerUrl(adopt.listenerArns.http ?? ""), 40);
  });

  afterEach(function () {
    const failed = load.answers.filter(({ instanceId }) => instanceId === undefined);
    assert.deepEqual(failed, [], this.currentTest?.title);
  });

  it("is imported, and only what differs is changed, as the preview shows", async () => {
    const { existing } = stage();
    const preview = await stage().preview(group({ adopt }));
    const { steps, differences, calls, outputs } = await stage().up(group({ adopt }));
    const imports = ["import web-alb", "import web-http", "import web-tg", "update web-alb"];
    assert.deepEqual(eachOnce(steps), [...ATTACHMENTS, ...imports, "create web"].sort());
    assert.deepEqual(eachOnce(preview.steps), eachOnce(steps));
    assert.deepEqual(differences, { "web-alb": ["dropInvalidHeaderFields"] });
    assert.deepEqual(preview.differences, differences);
    assert.deepEqual(calls.map(({ call }) => call).sort(), [
      "modifyLoadBalancerAttributes",
      ...Array<string>(3).fill("registerTarget"),
    ]);
    const { loadBalancer, targetGroup, listeners } = arnsIn(outputs);
    assert.deepEqual(
      [loadBalancer, targetGroup, listeners],
      [adopt.loadBalancerArn, adopt.targetGroupArn, adopt.listenerArns],
    );
    assert.deepEqual(stage().existing, existing);
    assert.deepEqual(stage().registered(targetGroup), REGISTERED);
  });

  it("keeps its security groups, and is not imported a second time", async () => {
    const { securityGroups } = stage().emulator.elb.describeLoadBalancer(adopt.loadBalancerArn);
    assert.deepEqual(securityGroups, ["sg-00000000000000eb1"]);
    await stage().preview(group({ adopt }), { expectNoChanges: true });
    assert.deepEqual((await stage().refresh()).steps, []);
  });

  it("is changed like any other group from then on", async () => {
    const targetGroup = { healthCheck: { interval: 10 } };
    const { steps, differences } = await stage().up(group({ adopt, targetGroup }));
    assert.deepEqual(steps, ["update web-tg"]);
    assert.deepEqual(differences, { "web-tg": ["healthCheck.interval"] });
  });

  it("is not replaced as long as it is named", async () => {
    const from = stage().emulator.calls.length;
    const replacing = group({ adopt, internal: true, targetGroup: { port: 8080 } });
    await assert.rejects(stage().preview(replacing), ({ message }: Error) => {
      assert.match(
        message,
        /internal must be false, got true: the load balancer in adopt\.loadBalancerArn has/,
      );
      assert.match(
        message,
        /targetGroup\.port must be 80, got 8080: the target group in adopt\.targetGroupArn has/,
      );
      assert.match(message, /remove the ARN from adopt to create a new target group/);
      return true;
    });
    const calls = stage()
      .emulator.calls.slice(from)
      .filter(({ call }) => !/^(Describe|Get)/.test(call));
    assert.deepEqual(calls, []);
  });

  it("is replaced, the new one first, when its ARN is taken out", async () => {
    const { targetGroupArn, ...others } = adopt;
    const { outputs, calls } = await stage().up(
      group({ adopt: others, targetGroup: { port: 8080 } }),
    );
    const { loadBalancer, targetGroup } = arnsIn(outputs);
    assert.equal(loadBalancer, adopt.loadBalancerArn);
    assert.notEqual(targetGroup, targetGroupArn);
    assert.deepEqual(
      [calls[0].call, calls.at(-1)?.call],
      ["createTargetGroup", "deleteTargetGroup"],
    );
    await stage().healthy(targetGroup);
  });

  it("stays as it is when adopt is left out and its security groups are named", async () => {
    const securityGroupIds = ["sg-00000000000000eb1"];
    await stage().preview(group({ securityGroupIds, targetGroup: { port: 8080 } }), {
      expectNoChanges: true,
    });
  });

  it("is destroyed as a whole", async () => {
    await load.further(20);
    await load.stop();
    await stage().destroy();
    assert.deepEqual(stage().existing, []);
  });
});

describe("resources created in the console, adopted in part", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();

  afterEach(() => stage().destroy());

  it("gets what it lacks: HTTPS, and a redirect in place of the old action", async () => {
    const { loadBalancerArn, targetGroupArn, listenerArns } = await tutorialInConsole(
      stage().emulator,
      "first",
    );
    const adopt = { loadBalancerArn, targetGroupArn, listenerArns };
    const certificateArn = CERTIFICATE;
    const run = await stage().up(groupOf({ ...TUTORIAL, adopt, certificateArn }));
    assert.ok(run.steps.includes("create web-https"), run.steps.join());
    assert.ok(run.steps.includes("update web-http"), run.steps.join());
    assert.equal((await ask(stage().urlOf(run))).status, 301);
  });

  it("is switched to a new target group that has its servers first", async () => {
    const { loadBalancerArn, targetGroupArn, listenerArns } = await tutorialInConsole(
      stage().emulator,
      "second",
    );
    const adopt = { loadBalancerArn, listenerArns };
    const { calls, outputs } = await stage().up(groupOf({ ...TUTORIAL, adopt }));
    assert.equal(calls.at(-1)?.call, "modifyListener");
    assert.deepEqual(stage().registered(arnsIn(outputs).targetGroup), REGISTERED);
    assert.deepEqual(stage().registered(targetGroupArn), REGISTERED);
  });

  it("keeps its rules, under keys", async () => {
    const byHand = await tutorialInConsole(stage().emulator, "ruled");
    const { elb } = stage().emulator;
    const { ruleArn } = elb.createRule({
      listenerArn: byHand.listenerArns.http,
      priority: 7,
      conditions: [{ field: "path-pattern", values: ["/api/*"] }],
      action: { type: "forward", targetGroupArn: byHand.targetGroupArn },
      transforms: [{ type: "url-rewrite", regex: "^/api/", replace: "/" }],
    });
    const rule = {
      priority: 7,
      pathPatterns: ["/api/*"],
      targetGroup: "default",
      urlRewrite: { regex: "^/api/", replace: "/" },
    };
    const adopting = (api: string) =>
      groupOf({
        ...TUTORIAL,
        adopt: { ...byHand, ruleArns: { api } },
        rules: { api: rule },
      });
    await assert.rejects(
      stage().preview(adopting(ruleArn.replace(/[0-9a-f]{16}$/, "0123456789abcdef"))),
      /adopt\.ruleArns\.api: there is no such listener rule in this account and region/,
    );
    const { steps } = await stage().up(adopting(ruleArn));
    assert.deepEqual(
      steps.filter((step) => step.includes("web-priority")),
      ["import web-priority-7"],
    );
  });

  it("is what the guide's program makes of it", async () => {
    const byHand = await tutorialInConsole(stage().emulator, "my-alb");
    const [text] = programsIn("moving.md", "From the console");
    const own = [byHand.loadBalancerArn, byHand.targetGroupArn, byHand.listenerArns.http].reduce(
      (changed, arn) => changed.replace(new RegExp(`"arn:[^"]*:${kindOf(arn)}/[^"]*"`), `"${arn}"`),
      text,
    );
    const { steps } = await stage().up(programOf(own, { "load-balanced-group": library }));
    const imports = steps.filter((step) => step.startsWith("import "));
    assert.deepEqual(imports.sort(), ["import web-alb", "import web-http", "import web-tg"]);
  });

  it("brings its further target groups along, under keys", async () => {
    const { loadBalancerArn, targetGroupArn, listenerArns } = await tutorialInConsole(
      stage().emulator,
      "third",
    );
    const green = targetGroupByHand(stage().emulator, "green");
    const { steps, outputs } = await stage().up(
      groupOf({
        ...TUTORIAL,
        adopt: { loadBalancerArn, targetGroupArn, targetGroupArns: { green }, listenerArns },
        targetGroups: { green: { instanceIds: [FIRST] } },
        forward: { weights: { default: 1, green: 1 } },
      }),
    );
    assert.ok(steps.includes("import web-tg-green"), steps.join());
    const listener = stage().emulator.elb.describeListener(arnsIn(outputs).listeners.http);
    assert.deepEqual(listener.defaultAction, {
      type: "forward",
      targetGroups: [
        { targetGroupArn, weight: 1 },
        { targetGroupArn: green, weight: 1 },
      ],
    });
  });
});

describe("what can't be adopted", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();
  const gone = (arn: string) => arn.replace(/[0-9a-f]{16}$/, "0".repeat(16));

  it("is refused at preview, all of it at once, and nothing is made", async () => {
    const { emulator } = stage();
    const byHand = await tutorialInConsole(emulator, "one");
    const other = await tutorialInConsole(emulator, "other");
    const { existing } = stage();
    const adopt = {
      loadBalancerArn: byHand.loadBalancerArn,
      targetGroupArn: other.targetGroupArn,
      listenerArns: { http: gone(byHand.listenerArns.http) },
    };
    const program = groupOf({ ...TUTORIAL, adopt, internal: true });
    for (const attempt of [() => stage().preview(program), () => stage().up(program)]) {
      await assert.rejects(attempt(), ({ message }: Error) => {
        assert.match(message, /'web': 3 problems:/);
        assert.match(
          message,
          /internal must be false, got true: the load balancer in adopt\.loadBalancerArn has/,
        );
        assert.ok(message.includes(`targetGroupArn is used by ${other.loadBalancerArn}, and`));
        assert.match(
          message,
          /adopt\.listenerArns\.http: there is no such listener in this account/,
        );
        return true;
      });
    }
    const missing = { loadBalancerArn: gone(byHand.loadBalancerArn) };
    await assert.rejects(
      stage().preview(groupOf({ ...TUTORIAL, adopt: missing })),
      /adopt\.loadBalancerArn: there is no such load balancer in this account and region/,
    );
    assert.deepEqual(stage().existing, existing);
  });
});

const kindOf = (arn: string) => arn.split(":")[5].split("/")[0];

/** A component has two events: when it is registered, and when it is complete. */
const eachOnce = (steps: readonly string[]) => [...new Set(steps)].sort();
