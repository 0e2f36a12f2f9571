import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Emulator, TargetStates } from "../../emulator";
import { SteadyLoad } from "../../demo/load";
import { askSecurely } from "../../emulator/tests/support/httpClient";
import { browsing } from "../support/browser";
import { subnets } from "../../emulator/tests/support/emulatorFixture";
import { ENGINE_TIMEOUT } from "../support/engine";
import { inExample, succeeds } from "../support/example";
import { installNpmPackage, typeCheck } from "./npmPackage";
import type { Terminal } from "../support/terminal";

const HOST = "www.example.com";
const CONFIGURATION = {
  "aws:region": "us-west-2",
  domain: HOST,
  zoneId: "Z0EXAMPLE000000000001",
  "subnetIds[0]": subnets[0],
  "subnetIds[1]": subnets[1],
  drainSeconds: "1",
};

describe("the example of an Auto Scaling group behind HTTPS", function () {
  this.timeout(ENGINE_TIMEOUT);

  it("loses no request while servers come, go and are renewed", async () => {
    await inExample("auto-scaling-https", async (terminal) => {
      const { emulator } = terminal;
      const before = existing(emulator);
      const states = new TargetStates(emulator, () => undefined);
      const listeners: string[] = [];
      emulator.elb.onListener(({ listenerArn, protocol }) => {
        if (protocol === "HTTPS") listeners.push(listenerArn);
      });
      await installNpmPackage(terminal.program);
      typeCheck(terminal.program);
      await succeeds(terminal, "stack", "init", "dev");
      await configure(terminal, CONFIGURATION);
      const preview = await succeeds(terminal, "preview");
      assert.match(preview.output, /\+ \d+ to create\n/);
      assert.doesNotMatch(preview.output, /warning/);
      assert.deepEqual(existing(emulator), before);
      await succeeds(terminal, "up", "--yes", "--skip-preview");

      const outputs = await succeeds(terminal, "stack", "output", "--json");
      const { url, groupName } = JSON.parse(outputs.output) as Record<string, string>;
      assert.equal(url, `https://${HOST}`);
      const { autoScaling } = emulator;
      const inService = () => [...autoScaling.group(groupName).instanceIds];
      const healthy = () => states.until(inService(), "healthy", new AbortController().signal);
      await healthy();
      const browser = await browsing(emulator, HOST, listeners[0]);
      assert.equal((await askSecurely(browser.url, browser.options)).status, 200);

      const load = new SteadyLoad(browser.url, 40, browser.options);
      /** Who serves the next requests of the load. */
      const serving = async () => {
        const from = performance.now();
        await load.further(40);
        const answers = load.answers.filter(({ startedAt }) => startedAt >= from);
        return new Set(answers.map(({ instanceId }) => instanceId));
      };
      try {
        const first = inService();
        assert.equal(first.length, 2);
        assert.deepEqual(await serving(), new Set(first));

        await up(terminal, { minSize: "3" });
        await healthy();
        const more = inService();
        assert.equal(more.length, 3);
        assert.deepEqual(await serving(), new Set(more));

        // What the policy does when the load has fallen, which it may no earlier.
        await up(terminal, { minSize: "2" });
        assert.deepEqual(inService(), more);
        autoScaling.setDesiredCapacity(groupName, 2);
        await autoScaling.settled(groupName);
        const [gone] = more.filter((id) => !inService().includes(id));
        await states.until([gone], "unused", new AbortController().signal);
        const fewer = inService();
        assert.equal(fewer.length, 2);
        assert.deepEqual(await serving(), new Set(fewer));
        await succeeds(terminal, "preview", "--refresh", "--expect-no-changes");

        await edit(terminal, "hostname >", "hostname --fqdn >");
        await up(terminal, {});
        await autoScaling.settled(groupName);
        const renewed = inService();
        assert.equal(renewed.length, 2);
        assert.deepEqual(
          renewed.filter((id) => fewer.includes(id)),
          [],
        );
        assert.deepEqual(await serving(), new Set(renewed));
      } finally {
        await load.stop();
      }
      const failed = load.answers.filter(({ instanceId }) => instanceId === undefined);
      assert.deepEqual(failed, []);

      await succeeds(terminal, "destroy", "--yes", "--skip-preview");
      assert.deepEqual(existing(emulator), before);
      assert.equal(emulator.route53.answer(HOST, "A"), undefined);
    });
  });
});

async function configure(terminal: Terminal, values: Record<string, string>): Promise<void> {
  for (const [key, value] of Object.entries(values)) {
    await succeeds(terminal, "config", "set", "--path", key, value);
  }
}

async function up(terminal: Terminal, values: Record<string, string>): Promise<void> {
  await configure(terminal, values);
  await succeeds(terminal, "up", "--yes", "--skip-preview");
}

async function edit(terminal: Terminal, from: string, to: string): Promise<void> {
  const file = path.join(terminal.program, "index.ts");
  const text = await readFile(file, "utf8");
  assert.ok(text.includes(from));
  await writeFile(file, text.replace(from, to));
}

/** What an account pays for or trips over. */
function existing({ autoScaling, ec2, elb }: Emulator): string[] {
  const groups = ec2.securityGroups.find([]);
  const rules = groups.flatMap((group) => group.rules);
  return [
    ...ec2.describeInstances([{ name: "instance-state-name", values: ["running"] }]),
    ...groups,
    ...rules,
    ...ec2.launchTemplates.describeAll(),
    ...autoScaling.describeGroups(),
    ...elb.existingLoadBalancers(),
  ].map((one) => JSON.stringify(one));
}
