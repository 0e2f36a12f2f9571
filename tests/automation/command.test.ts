import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { CONFIGURATION, Environments } from "../support/environments";
import { commandLine, runCommand } from "./command";
import { engine } from "../support/engine";

describe("the command", function () {
  this.timeout(180_000);
  const stage = Environments.forSuite();
  let folder: string;
  let env: NodeJS.ProcessEnv;

  before(async () => {
    const { binFolder } = await engine();
    folder = path.join(stage().folder, "project");
    await mkdir(folder);
    await writeFile(path.join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    await settings("dev", {});
    await settings("test", {});
    await settings("wrong", { port: 0 });
    env = {
      ...process.env,
      ...stage().variables,
      TS_NODE_PROJECT: path.join(__dirname, "../../tsconfig.json"),
      PULUMI_BACKEND_URL: stage().options("dev").backend,
      PATH: [binFolder, process.env.PATH].join(path.delimiter),
    };
  });

  function settings(name: string, changes: object): Promise<void> {
    const values = Object.entries({ ...CONFIGURATION, ...changes });
    const config = Object.fromEntries(values.map(([key, value]) => [`shop:${key}`, value]));
    const text = JSON.stringify({ config: { "aws:region": "us-west-2", ...config } });
    return writeFile(path.join(folder, `Pulumi.${name}.yaml`), text);
  }

  const run = (...args: string[]) => runCommand(folder, env, args);

  it("shows its help", async () => {
    const { code, stdout } = await run("--help");
    assert.equal(code, 0);
    assert.match(stdout, /^load-balanced-group VERB ENVIRONMENT/);
    assert.match((await run("--version")).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it("reports arguments that it does not know, and lists the environments", async () => {
    const cases: [string[], RegExp][] = [
      [[], /^the command is missing; use one of preview, up, drift, status, recover, destroy/],
      [["up"], /^list at least one environment; this folder has the environments dev, test, wrong/],
      [
        ["up", "prod"],
        /^there is no Pulumi\.prod\.yaml; this folder has the environments dev, test, wrong/,
      ],
      [
        ["up", "dev", "--concurrency", "0"],
        /^--concurrency must be a whole number of at least 1, got 0/,
      ],
      [
        ["status", "dev", "--switch-when-healthy", "60"],
        /^--switch-when-healthy is for up, and not for status/,
      ],
      [["up", "dev", "--force"], /^Unknown option '--force'/],
      [["destroy", "dev"], /^destroy needs --yes if there is no terminal/],
    ];
    for (const [args, message] of cases) {
      const { code, stderr, stdout } = await run(...args);
      assert.match(stderr, message);
      assert.ok(stderr.split("\n").length <= 3, "the whole help");
      assert.equal(code, 2);
      assert.equal(stdout, "");
    }
  });

  it("reports all problems of a configuration", async () => {
    const { code, stdout } = await run("preview", "wrong");
    assert.equal(code, 2);
    assert.match(stdout, /port must be/);
    assert.doesNotMatch(stdout, / at .*\.ts:/, "there is a stack");
  });

  it("deploys several environments, and logs each step if there is no terminal", async () => {
    const { code, stdout, stderr } = await run("up", "dev", "test");
    assert.equal(code, 0, stderr + stdout);
    assert.match(stdout, /^dev up: 10 create\n {2}http:\/\/127\.0\.0\.1\n {2}warning: /m);
    assert.match(stdout, /^test up: 10 create$/m);
    assert.match(stderr, /^\d\d:\d\d:\d\d dev up: begun$/m);
    assert.match(stderr, /^\d\d:\d\d:\d\d dev up: \d+ create web-alb done$/m);
    assert.match(stderr, /^\d\d:\d\d:\d\d dev up: done, 10 create$/m);
    assert.equal(stderr, stripVTControlCharacters(stderr));
  });

  it("shows an environment's URL, and the health of its targets", async () => {
    const { code, stdout } = await run("status", "dev");
    assert.match(stdout, /^dev status: \d of 2 targets healthy\n {2}http:\/\/127\.0\.0\.1\n/);
    assert.match(stdout, /^ {2}last: update succeeded, \d{4}-/m);
    assert.match(stdout, /^ {2}i-\w+:80 is (healthy|initial)/m);
    assert.ok(code === 0 || code === 6);
  });

  it("fails for targets that are not healthy, with AWS's reason", async () => {
    const [id] = CONFIGURATION.instanceIds ?? [];
    const { targetGroupArn = "" } = await (
      await stage().open("dev", { project: "shop" })
    ).outputs();
    stage().emulator.elb.registerTarget(targetGroupArn, { id, port: 81 });
    await stage().emulator.elb.deleteListener(
      Object.values(
        (await (await stage().open("dev", { project: "shop" })).outputs()).listenerArns,
      )[0],
    );
    const { code, stdout } = await run("status", "dev");
    assert.equal(code, 6);
    assert.match(stdout, new RegExp(`${id}:81 is unused \\(Target.NotInUse: .*\\); no listener`));
  });

  it("shows drift, and reports it by its exit code", async () => {
    assert.equal((await run("drift", "test")).code, 0);
    const { code, stdout } = await run("drift", "dev");
    assert.equal(code, 5);
    assert.match(stdout, /^dev drift: .*1 delete/);
    assert.match(stdout, /^ {2}delete web-http \(aws:lb\/listener:Listener\)$/m);
  });

  it("shows what up would do, property by property", async () => {
    await settings("test", {
      targetGroup: { ...CONFIGURATION.targetGroup, deregistrationDelay: 10 },
    });
    const { code, stdout } = await run("preview", "test");
    assert.equal(code, 0);
    assert.match(stdout, /^ {2}update web-tg .*\n {4}deregistrationDelay: 300 -> 10$/m);
  });

  it("prints one JSON document and nothing else with --json", async () => {
    const { code, stdout, stderr } = await run("preview", "dev", "wrong", "--json", "--continue");
    assert.equal(code, 2);
    assert.equal(stderr, "");
    const { verb, environments } = JSON.parse(stdout) as {
      verb: string;
      environments: Record<string, Record<string, Record<string, unknown>>>;
    };
    assert.equal(verb, "preview");
    assert.deepEqual(environments.dev.result.counts, { same: 10 });
    assert.equal(environments.wrong.error.kind, "invalid-configuration");
  });

  it("ends cleanly after a signal", async () => {
    await settings("ended", {});
    const child = spawn(process.execPath, commandLine(["up", "ended"]), { cwd: folder, env });
    let output = "";
    child.stdout.on("data", (text: Buffer) => (output += text.toString()));
    child.stderr.on("data", (text: Buffer) => {
      if (text.includes("created") || text.includes("done")) child.kill("SIGTERM");
    });
    const [code] = (await once(child, "exit")) as [number];
    assert.equal(code, 4, output);
    assert.match(output, /^up ended: cancelled$/m);
    const { counts } = await (await stage().open("ended", { project: "shop" })).up();
    assert.ok((counts.same ?? 0) > 0);
  });

  it("draws a table in a terminal, with a line for each environment", async () => {
    const command = [process.execPath, ...commandLine(["destroy", "dev", "test", "--yes"])];
    const quoted = command.map((one) => `'${one}'`).join(" ");
    const output = await new Promise<string>((resolve) => {
      const args = ["-qec", `stty cols 70 rows 20; ${quoted}`, "/dev/null"];
      execFile("script", args, { cwd: folder, env }, (_, stdout) => {
        resolve(stdout);
      });
    });
    assert.ok(output.includes("\u001b["), "nothing is drawn in place");
    const lines = stripVTControlCharacters(output).split(/\r?\n/);
    assert.ok(lines.some((line) => /^dev {3}waiting {2}\[ {12}\]$/.test(line)));
    assert.ok(
      // Its listener was deleted by hand, so AWS refuses to delete it.
      lines.some((line) => /^dev {3}failed {3}\[ {12}\] +\d+\/\d+ +\d+s {2}aws$/.test(line)),
    );
    assert.ok(
      lines.some((line) => /^test {2}done {5}\[#{12}\] +10\/10 +\d+s {2}10 delete$/.test(line)),
    );
    assert.ok(
      lines.every((line) => line.length <= 70 || /warning|not found|pulumi refresh/.test(line)),
    );
  });
});
