import assert from "node:assert/strict";
import { SteadyLoad } from "../../demo/load";
import { installArchive } from "../support/archive";
import { sampleAccount } from "../../emulator";
import { ask, askSecurely } from "../../emulator/tests/support/httpClient";
import { ENGINE_TIMEOUT } from "../support/engine";
import { addInstalled, inExample, succeeds } from "../support/example";
import { FIRST, SECOND, THIRD } from "../support/stage";
import type { Terminal } from "../support/terminal";

describe("the example of", function () {
  this.timeout(ENGINE_TIMEOUT);

  /** Deploys the example, and goes on with the URL of its listener. */
  async function deployed(
    example: string,
    act: (terminal: Terminal, url: string) => Promise<void>,
  ) {
    await inExample(example, async (terminal) => {
      const opened: string[] = [];
      terminal.emulator.elb.onListener(({ listenerArn }) => opened.push(listenerArn));
      await installArchive(terminal);
      await addInstalled(terminal);
      await succeeds(terminal, "stack", "init", "dev");
      await succeeds(terminal, "config", "set", "aws:region", terminal.emulator.ec2.region);
      await succeeds(terminal, "up", "--yes", "--skip-preview");
      await act(terminal, terminal.emulator.elb.listenerUrl(opened[0]));
    });
  }

  it("services by host sends each host to its service, and others away", async () => {
    await deployed("services-by-host", async (_, url) => {
      const answer = (host: string) => ask(url, { headers: { host } });
      assert.ok((await answer("shop.example.com")).body.startsWith(FIRST));
      assert.ok((await answer("blog.example.com")).body.startsWith(SECOND));
      const { status, body } = await answer("other.example.com");
      assert.deepEqual([status, body], [404, "no such service"]);
    });
  });

  it("a name in a private zone is validated in the public one, and served by keys of both kinds", async () => {
    await inExample("private-names", async (terminal) => {
      const { elb, ec2, route53 } = terminal.emulator;
      const opened: string[] = [];
      elb.onListener(({ listenerArn }) => opened.push(listenerArn));
      const [publicZoneId, privateZoneId] = sampleAccount().hostedZones.map(({ zoneId }) => zoneId);
      await installArchive(terminal);
      await addInstalled(terminal);
      await succeeds(terminal, "stack", "init", "dev");
      const configuration = { "aws:region": ec2.region, publicZoneId, privateZoneId };
      for (const [key, value] of Object.entries(configuration)) {
        await succeeds(terminal, "config", "set", key, value);
      }
      await succeeds(terminal, "up", "--yes", "--skip-preview");
      const { output } = await succeeds(terminal, "stack", "output", "--json");
      assert.deepEqual(JSON.parse(output), { domainRecords: [], url: "https://app.example.com" });
      const records = (zoneId: string) => route53.recordsIn(zoneId).map(({ type }) => type);
      assert.deepEqual([records(privateZoneId), records(publicZoneId)], [["A"], ["CNAME"]]);
      for (const sigalgs of ["rsa_pss_rsae_sha256:RSA+SHA256", "ECDSA+SHA256"]) {
        const tls = { sigalgs, servername: "app.example.com" };
        const { body } = await askSecurely(elb.listenerUrl(opened[0]), tls);
        assert.match(body, /^i-0a1b2c3d4e5f6000[12] /);
      }
      await succeeds(terminal, "preview", "--expect-no-changes");
    });
  });

  it("a shared load balancer sends each path to the service of another stack", async () => {
    await inExample("shared-load-balancer", async (terminal) => {
      const { elb, ec2 } = terminal.emulator;
      const opened: string[] = [];
      elb.onListener(({ listenerArn }) => opened.push(listenerArn));
      await installArchive(terminal);
      const inFolder = (folder: string, ...args: string[]) =>
        succeeds(terminal, "-C", folder, ...args);
      for (const folder of ["front", "orders"]) {
        await addInstalled(terminal, folder);
        await inFolder(folder, "stack", "init", "dev");
        await inFolder(folder, "config", "set", "aws:region", ec2.region);
        if (folder === "orders") {
          await inFolder(folder, "config", "set", "front", "organization/front/dev");
        }
        await inFolder(folder, "up", "--yes", "--skip-preview");
      }
      const url = (path: string) => new URL(path, elb.listenerUrl(opened[0])).href;
      const { body } = await ask(url("/orders/1"));
      assert.ok(
        [FIRST, SECOND].some((id) => body.startsWith(id)),
        body,
      );
      assert.equal((await ask(url("/else"))).status, 404);
      await inFolder("orders", "preview", "--expect-no-changes");
      await inFolder("orders", "destroy", "--yes", "--skip-preview");
      assert.equal((await ask(url("/orders/1"))).status, 404);
    });
  });

  it("blue and green moves the traffic in steps, and loses no request", async () => {
    await deployed("blue-green", async (terminal, url) => {
      const load = new SteadyLoad(url, 40);
      const served: string[][] = [];
      for (const [blue, green] of [
        [100, 0],
        [50, 50],
        [0, 100],
      ]) {
        await succeeds(terminal, "config", "set", "blue", String(blue));
        await succeeds(terminal, "config", "set", "green", String(green));
        const before = terminal.emulator.calls.length;
        await succeeds(terminal, "up", "--yes", "--skip-preview");
        const made = terminal.emulator.calls.slice(before).map(({ call }) => call);
        const changes = made.filter((call) => /^(Create|Modify|Delete|Register|Dereg)/.test(call));
        assert.deepEqual(changes, green === 0 ? [] : ["ModifyListener"]);
        const from = load.answers.length;
        await load.further(40);
        served.push(load.answers.slice(from).map(({ instanceId }) => instanceId ?? "nobody"));
      }
      await load.stop();
      const shares = served.map((ids) => ids.filter((id) => id === THIRD).length / ids.length);
      assert.equal(shares[0], 0);
      assert.ok(shares[1] > 0.4 && shares[1] < 0.6, String(shares[1]));
      assert.ok(shares[2] > 0.9, String(shares[2]));
      const failed = load.answers.filter(({ instanceId }) => instanceId === undefined);
      assert.deepEqual(failed, []);
    });
  });

  it("blue/green deployments by Amazon ECS takes back nothing that Amazon ECS did, and loses no request", async () => {
    await inExample("ecs-blue-green", async (terminal) => {
      const { elb, ec2 } = terminal.emulator;
      await installArchive(terminal);
      await addInstalled(terminal);
      await succeeds(terminal, "stack", "init", "dev");
      await succeeds(terminal, "config", "set", "aws:region", ec2.region);
      await succeeds(terminal, "up", "--yes", "--skip-preview");
      const { output } = await succeeds(terminal, "stack", "output", "--json");
      const outputs = JSON.parse(output) as Record<string, Record<string, string>>;
      const { listenerArns, ruleArns, targetGroupArns } = outputs;
      const [production, test] = [listenerArns.http, listenerArns.test].map((arn) =>
        elb.listenerUrl(arn),
      );

      // As Amazon ECS does: it registers the tasks of a revision, and moves the traffic when they are healthy.
      const addresses = sampleAccount().instances.map(({ privateIpAddress }) => privateIpAddress);
      const startTask = async (targetGroupArn: string, id: string) => {
        const isHealthy = new Promise<void>((resolve) => {
          elb.onTargetTransition((to) => {
            if (to.targetGroupArn === targetGroupArn && to.state === "healthy") resolve();
          });
        });
        elb.registerTarget(targetGroupArn, { id, port: 80 });
        await isHealthy;
      };
      const moveToGreen = (rule: string) => {
        const targetGroups = [
          { targetGroupArn: targetGroupArns.blue, weight: 0 },
          { targetGroupArn: targetGroupArns.green, weight: 100 },
        ];
        elb.modifyRule(ruleArns[rule], { action: { type: "forward", targetGroups } });
      };
      await startTask(targetGroupArns.blue, addresses[0]);
      const load = new SteadyLoad(production, 40);
      await startTask(targetGroupArns.green, addresses[2]);
      moveToGreen("test.production");
      assert.ok((await ask(test)).body.startsWith(THIRD));
      assert.ok((await ask(production)).body.startsWith(FIRST));
      moveToGreen("production");

      await succeeds(terminal, "up", "--yes", "--skip-preview");
      await succeeds(terminal, "refresh", "--yes", "--expect-no-changes");
      await succeeds(terminal, "up", "--yes", "--skip-preview");
      await succeeds(terminal, "preview", "--expect-no-changes");
      for (const url of [test, production]) assert.ok((await ask(url)).body.startsWith(THIRD));
      await load.stop();
      const failed = load.answers.filter(({ instanceId }) => instanceId === undefined);
      assert.deepEqual(failed, []);
    });
  });
});
