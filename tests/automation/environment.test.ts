import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Environment, EventsLostError, NotFoundError, type ProgressEvent } from "../../automation";
import { CONFIGURATION, Environments, PASSPHRASE } from "../support/environments";
import { failure } from "../support/failure";
import { fakeEngine } from "./fakeEngine";

const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";

describe("an environment", function () {
  this.timeout(120_000);
  const stage = Environments.forSuite();

  describe("through its life", () => {
    let dev: Environment;
    before(async () => {
      dev = await stage().open("dev");
    });

    it("has no outputs before it is deployed", async () => {
      await assert.rejects(dev.outputs(), NotFoundError);
    });

    it("previews what it would create, and creates nothing", async () => {
      const result = await dev.preview();
      assert.deepEqual(result.counts, { create: 10 });
      assert.equal(result.changes.length, 10);
      const [loadBalancer] = result.changes.filter(({ type }) => type === LOAD_BALANCER);
      assert.equal(loadBalancer.name, "web-alb");
      assert.equal(loadBalancer.change, "create");
      assert.deepEqual(stage().changes, []);
    });

    it("deploys, and reports the start and end of each resource, and their number", async () => {
      const events: ProgressEvent[] = [];
      const preview = await dev.preview();
      const result = await dev.up({ preview, onProgress: (event) => events.push(event) });
      assert.deepEqual(result.counts, preview.counts);
      assert.match(result.outputs.url, /^http:\/\/127\.0\.0\.1$/);
      assert.deepEqual(Object.keys(result.outputs.listenerArns), ["http"]);
      assert.equal(result.outputs.subnetIds.length, 2);
      assert.ok(result.duration > 0);
      assert.ok(result.warnings.some((warning) => warning.includes("HTTP")));
      const balancer = events.filter(({ resource }) => resource.type === LOAD_BALANCER);
      assert.deepEqual(
        balancer.map(({ change, phase }) => [change, phase]),
        [
          ["create", "started"],
          ["create", "done"],
        ],
      );
      const last = events.at(-1);
      assert.equal(last?.done, 10);
      assert.equal(last.expected, 10);
    });

    it("has its outputs when it is opened later", async () => {
      const again = await stage().open("dev", { mustExist: true });
      const outputs = await again.outputs();
      const [balancer] = stage().emulator.elb.existingLoadBalancers();
      const { defaultAction } = stage().emulator.elb.describeListener(outputs.listenerArns.http);
      assert.ok("targetGroupArn" in defaultAction);
      const { targetGroupArn } = defaultAction;
      const { targetGroupName } = stage().emulator.elb.describeTargetGroup(targetGroupArn);
      assert.deepEqual(outputs, {
        url: `http://${balancer.dnsName}`,
        dnsName: balancer.dnsName,
        zoneId: balancer.canonicalHostedZoneId,
        loadBalancerArn: balancer.loadBalancerArn,
        targetGroupArn,
        targetGroupArns: { default: targetGroupArn },
        targetGroupNames: { default: targetGroupName },
        listenerArns: { http: outputs.listenerArns.http },
        ruleArns: {},
        domainRecords: [],
        securityGroupId: balancer.securityGroups[0],
        vpcId: balancer.vpcId,
        subnetIds: balancer.subnets.map(({ subnetId }) => subnetId),
      });
    });

    it("previews a change of its configuration, property by property", async () => {
      const targetGroup = { ...CONFIGURATION.targetGroup, deregistrationDelay: 10 };
      const changed = await stage().open("dev", {
        configuration: { ...CONFIGURATION, targetGroup },
      });
      const { counts, changes } = await changed.preview();
      assert.deepEqual(counts, { same: 9, update: 1 });
      assert.equal(changes[0].name, "web-tg");
      assert.deepEqual(changes[0].properties, [
        { path: "deregistrationDelay", kind: "update", replaces: false, old: 300, new: 10 },
      ]);
    });

    it("reports drift, and changes nothing", async () => {
      const { targetGroupArn = "" } = await dev.outputs();
      stage().emulator.elb.modifyTargetGroupAttributes(targetGroupArn, {
        "deregistration_delay.timeout_seconds": "77",
      });
      for (const { changes } of [await dev.drift(), await dev.drift()]) {
        assert.deepEqual(
          changes.map(({ name, change }) => [name, change]),
          [["web-tg", "update"]],
        );
        const [delay] = changes[0].properties;
        assert.deepEqual([delay.path, delay.old, delay.new], ["deregistrationDelay", 300, 77]);
      }
    });

    it("corrects drift", async () => {
      await dev.refresh();
      assert.deepEqual((await dev.drift()).changes, []);
      assert.equal((await dev.up()).counts.update, 1);
    });

    it("has a history", async () => {
      const history = await dev.history();
      assert.deepEqual(
        history.map(({ kind, result }) => [kind, result]),
        [
          ["update", "succeeded"],
          ["refresh", "succeeded"],
          ["update", "succeeded"],
        ],
      );
      assert.equal(history.at(-1)?.counts.create, 10);
    });

    it("is not removed while anything is deployed", async () => {
      await assert.rejects(dev.remove(), /still has resources/);
    });

    it("is destroyed, and then removed", async () => {
      const { counts } = await dev.destroy();
      assert.deepEqual(counts, { delete: 10 });
      await dev.remove();
      await assert.rejects(stage().open("dev", { mustExist: true }), NotFoundError);
    });
  });

  it("resolves a relative path of its backend from the process's folder", async () => {
    const { folder } = stage();
    const backend = `file://${path.relative(process.cwd(), path.join(folder, "state"))}`;
    const file = path.join(folder, "passphrase");
    await writeFile(file, `${PASSPHRASE}\n`);
    const { environmentVariables = {}, ...options } = stage().options("relative", { backend });
    const { PULUMI_CONFIG_PASSPHRASE, ...rest } = environmentVariables;
    assert.equal(PULUMI_CONFIG_PASSPHRASE, PASSPHRASE);
    const variables = {
      ...rest,
      PULUMI_CONFIG_PASSPHRASE_FILE: path.relative(process.cwd(), file),
    };
    const relative = await Environment.open({ ...options, environmentVariables: variables });
    await relative.close();
    const absolute = await stage().open("relative", { mustExist: true });
    await absolute.remove();
  });

  describe("whose engine's events break off", () => {
    it("is not reported as deployed", async () => {
      const options = {
        engine: await fakeEngine(
          path.join(stage().folder, "cut"),
          // Without the address, the engine tells nothing.
          'for one; do shift; case $one in tcp:*) ;; --event-log) ;; *) set -- "$@" "$one" ;; esac; done',
        ),
      };
      const environment = await stage().open("cut", options);
      const error = await failure(environment.up(), EventsLostError);
      assert.match(
        error.message,
        /was lost before the operation ended\nTo continue, run up again: /,
      );
      const whole = await stage().open("cut");
      assert.deepEqual((await whole.up()).counts, { same: 10 });
      await whole.destroy();
    });
  });
});
