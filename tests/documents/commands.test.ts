import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Emulator, freePort } from "../../emulator";
import { ask } from "../../emulator/tests/support/httpClient";
import { type Block, blocksIn, documents } from "./documents";
import { engine, ENGINE_TIMEOUT } from "../support/engine";
import { programsIn } from "../support/docPrograms";
import { FreshClone } from "../support/freshClone";

/** A way to run a block of commands that takes more than its lines in the document's own folder. */
type Way = (commands: string) => Promise<void>;

/**
 * What the documents tell their readers to run, run by one who has nothing but a fresh clone, in the order
 * of the text. The commands that need AWS get the emulator.
 */
describe("the commands of the documents", function () {
  this.timeout(10 * 60_000);
  let clone: FreshClone;
  let emulator: Emulator;

  before(async function () {
    this.timeout(ENGINE_TIMEOUT);
    // Compiled once for all tests, which takes longer than any command here.
    await engine();
    albPort = await freePort();
    clone = await FreshClone.open();
    emulator = await Emulator.start();
  });

  after(async () => {
    await emulator.close();
    await clone.end();
  });

  /** Somebody who is logged in to a backend and has credentials of AWS. */
  const onAws = (): NodeJS.ProcessEnv => ({
    ...emulator.environment,
    AWS_REGION: emulator.ec2.region,
    PULUMI_BACKEND_URL: `file://${path.join(clone.folder, "home")}`,
    PULUMI_CONFIG_PASSPHRASE: "of the reader",
    // In a terminal the engine asks before it changes anything.
    PULUMI_SKIP_CONFIRMATIONS: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  });
  const beside = (name: string) => path.join(clone.folder, name);

  type Running = Awaited<ReturnType<FreshClone["begin"]>>;
  let runLocal: Running | undefined;
  let service: Running | undefined;
  let servicePort = 0;
  let albPort = 0;

  const WAYS: Readonly<Record<string, Way>> = {
    "npm start": async (commands) => {
      const printed = await clone.run(commands, clone.checkout);
      assert.match(printed, /Nothing of it is left on this machine\.\n$/);
    },
    // What it says holds for whatever is run in the terminal from then on.
    "export PATH": async (commands) => {
      const printed = await clone.run(`${commands}printf %s "$PATH"`, clone.checkout);
      clone.environment.PATH = printed.split("\n").at(-1);
    },
    "npm install\n": async (commands) => {
      await clone.run(commands, clone.checkout);
    },
    'npm install "$(npm pack': async (commands) => {
      await mkdir(beside("program"));
      await clone.run(commands, beside("program"));
      const parts = ["", "/automation"].map((part) => `require("load-balanced-group${part}")`);
      await clone.run(`node -e '${parts.join()}'`, beside("program"));
    },
    "npm run local\n": async (commands) => {
      runLocal = await clone.begin(commands, clone.checkout, /from another terminal:\n.*\n/);
    },
    "npm run local -- up": async (commands) => {
      assert.ok(runLocal);
      // The port in the file may be taken, and is then to be another one.
      const port = await freePort();
      await clone.run(`npm run local -- config set port ${port}`, clone.checkout);
      // In a terminal, the engine asks.
      const [up, ...others] = commands.replace(/ (up|destroy)$/gm, " $1 --yes").split("\n");
      await clone.run(up, clone.checkout);
      assert.equal((await ask(`http://127.0.0.1:${port}`)).status, 200);

      const [, line = ""] = /from another terminal:\n(.*)\n/.exec(runLocal.output()) ?? [];
      const misleading = { PULUMI_STACK: "dev", PULUMI_BACKEND_URL: "", AWS_PROFILE: "mine" };
      const again = await clone.run(`${line} --yes`, beside("home"), misleading);
      assert.match(again, /11 unchanged/);

      const example = await clone.run("npm run local -- -C examples/yaml up --yes", clone.checkout);
      const [, url = ""] = /port 80 answers on this machine at (http:\S+)\n$/.exec(example) ?? [];
      assert.equal((await ask(url)).status, 200);

      await clone.run(others.join("\n"), clone.checkout);
      await runLocal.interrupt();
      const stopped = clone.run(up, clone.checkout);
      await assert.rejects(stopped, /\nThe emulator does not run\. Start it .*: npm run local\n/);
      await clone.run("git checkout -q Pulumi.local.yaml", clone.checkout);
    },
    // The program of the emulator's README, which does not use the component.
    "name: alb": async (project) => {
      await mkdir(beside("alb"));
      await writeFile(path.join(beside("alb"), "Pulumi.yaml"), project);
      const [program] = programsIn("../emulator/README.md", "Run a program of yours");
      await writeFile(
        path.join(beside("alb"), "index.ts"),
        program.replace("8080", String(albPort)),
      );
    },
    "npm install @pulumi": async (commands) => {
      const own = commands
        .replaceAll("8080", String(albPort))
        .replace(/ (up|destroy)$/gm, " $1 --yes");
      // The targets become healthy after the deployment: until then there is a 503.
      const waiting = own.replaceAll("curl ", "curl --silent --retry 20 --retry-delay 1 ");
      const printed = await clone.run(waiting, beside("alb"));
      assert.match(printed, /i-0a1b2c3d4e5f6000\d in us-west-2\w served \/\n/);
      assert.match(printed, /Back soon/);
      await runLocal?.interrupt();
    },
    "SERVICE_TOKENS=": async (commands) => {
      servicePort = await freePort();
      // Its environments have a passphrase of their own, and so have to have another backend.
      const home = beside("home of the service");
      await mkdir(home);
      const variables = { ...onAws(), HOME: home, SERVICE_PORT: String(servicePort) };
      const folder = path.join(clone.checkout, "examples", "service");
      service = await clone.begin(commands, folder, /"listening"/, variables);
    },
    // The program in YAML that uses the clone beside it.
    "name: web": async (program) => {
      await mkdir(beside("yaml"));
      await writeFile(path.join(beside("yaml"), "Pulumi.yaml"), program);
      await clone.run("pulumi stack init dev\npulumi up", beside("yaml"), onAws());
    },
    "curl ": async (commands) => {
      const folder = beside("home");
      const said = await clone.run(commands.replaceAll("8080", String(servicePort)), folder);
      assert.match(said, /^event: deployed$/m);
      await service?.interrupt();
    },
  };

  const isRun = ({ language, notRun }: Block) =>
    (language === "" || language === "yaml") && notRun === undefined;

  for (const file of documents()) {
    for (const { line, text } of blocksIn(file).filter(isRun)) {
      it(`${file}:${line} ${text.split("\n")[0]}`, async () => {
        const way = Object.entries(WAYS).find(([start]) => text.startsWith(start))?.[1];
        const folder = path.join(clone.checkout, path.dirname(file));
        if (way === undefined) await clone.run(text, folder, onAws());
        else await way(text);
      });
    }
  }

  it("leave the clone as it was, but for the files of the reader's own environments", () => {
    const own = /^ M Pulumi\.(dev|prod)\.yaml$/;
    assert.deepEqual(
      clone.changes().filter((change) => !own.test(change)),
      [],
    );
  });
});
