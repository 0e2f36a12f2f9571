import assert from "node:assert/strict";
import { installArchive } from "../support/archive";
import { ask } from "../../emulator/tests/support/httpClient";
import { ENGINE_TIMEOUT } from "../support/engine";
import { GO } from "./go";
import { JAVA } from "./java";
import type { Language, Program, Run } from "./language";
import { PYTHON } from "./python";
import { TYPESCRIPT } from "./typescript";
import { YAML } from "./yaml";
import { FIRST, SECOND, THIRD } from "../support/stage";
import { useTerminal, type Terminal } from "../support/terminal";

/** A resource of the state, as the engine exports it. */
interface Exported {
  readonly type: string;
  readonly urn: string;
  readonly outputs?: { readonly listenerArns?: Record<string, string> };
}

/** The resources of the tutorial, in any language. */
const TUTORIAL = [
  "web",
  "web-alb",
  ...[FIRST, SECOND, THIRD].map((id) => `web-attachment-${id}:80`),
  "web-egress-80-vpc",
  "web-http",
  "web-ingress-80-0.0.0.0/0",
  "web-sg",
  "web-tg",
];

/** The problems in the program `wrong`: their paths and messages. */
const WRONG: readonly (readonly [path: string, message: RegExp])[] = [
  ["availabilityZones", /must have at least 2 Availability Zones/],
  ["instanceIds[0]", /must be the ID of an EC2 instance .*, got "web-1"/],
  ["port", /must be a whole number from 1 to 65535, got 0/],
  ["ingressCidrBlocks[0]", /must be a network in CIDR notation.*, got "everyone"/],
  ["targets.one.port", /must be a whole number from 1 to 65535, got 99999/],
  ["targetGroup.deregistrationDelay", /must be a whole number of seconds .*, got 4000/],
  ["targetGroup.healthCheck.interval", /must be a whole number of seconds .*, got 4;/],
  ["accessLogs.bucket", /must be the name of an S3 bucket.*, got "AN ARN"/],
  ["idleTimeout", /must be a whole number of seconds .*, got 0/],
  ["desyncMitigationMode", /must be one of .*, got "strict"/],
];

for (const language of [YAML, TYPESCRIPT, PYTHON, GO, JAVA]) {
  const reason = language.missing();
  describe(`programs in ${language.name}`, function () {
    this.timeout(ENGINE_TIMEOUT);
    if (reason === "") work(language);
    else it.skip(`don't run here: ${reason}`);
  });
}

function work(language: Language): void {
  const stage = useTerminal(async (terminal): Promise<{ terminal: Terminal; run: Run }> => {
    await installArchive(terminal);
    return { terminal, run: await language.install(terminal) };
  });

  async function succeed(...[operation, program]: Parameters<Run>): Promise<string> {
    const { code, output } = await stage().run(operation, program);
    assert.equal(code, 0, output);
    return output;
  }

  const changes = () =>
    stage().terminal.emulator.calls.filter(({ call }) => !call.startsWith("Describe"));

  /** Does something that is to change nothing in AWS. */
  async function changingNothing<T>(act: () => Promise<T>): Promise<T> {
    const before = changes().length;
    const result = await act();
    assert.deepEqual(changes().slice(before), []);
    return result;
  }

  async function stateOf(program: Program) {
    const { output } = await stage().terminal.pulumi("stack", "export", "--stack", program);
    const { deployment } = JSON.parse(output) as { deployment: { resources?: Exported[] } };
    const all = deployment.resources ?? [];
    const ours = all.filter(({ type }) => !type.startsWith("pulumi:"));
    const names = ours.map(({ urn }) => urn.split("::").slice(3).join("::")).sort();
    const group = ours.find(({ type }) => type === "load-balanced-group:index:LoadBalancedGroup");
    const { listenerArns: listeners = {} } = group?.outputs ?? {};
    return { text: output, names, listeners };
  }

  const answerOf = async (listenerArn: string, path = "/") =>
    ask(new URL(path, stage().terminal.emulator.elb.listenerUrl(listenerArn)).href);

  const test = (program: Program, what: string, act: () => Promise<void>) => {
    if (language.programs.includes(program)) it(what, act);
  };

  test("tutorial", "preview the tutorial, and make nothing", async () => {
    const output = await changingNothing(() => succeed("preview", "tutorial"));
    for (const name of TUTORIAL) assert.ok(output.includes(` ${name} `), output);
  });

  test("tutorial", "deploy it, and it serves", async () => {
    await succeed("up", "tutorial");
    const { names, listeners } = await stateOf("tutorial");
    assert.deepEqual(names, TUTORIAL);
    assert.equal((await answerOf(listeners.http)).status, 200);
  });

  test("tutorial", "destroy it", async () => {
    await succeed("destroy", "tutorial");
    assert.deepEqual((await stateOf("tutorial")).names, []);
  });

  test("httpsOnly", "serve by HTTPS only", async () => {
    await succeed("up", "httpsOnly");
    assert.deepEqual(Object.keys((await stateOf("httpsOnly")).listeners), ["https"]);
  });

  test("logs", "have logs in a bucket that is made for them", async () => {
    await succeed("up", "logs");
    assert.ok((await stateOf("logs")).names.includes("web-logs-policy"));
  });

  test("rules", "have rules, whose choices are written as members or as texts", async () => {
    await succeed("up", "rules");
    const { http } = (await stateOf("rules")).listeners;
    assert.equal((await answerOf(http, "/api/one")).status, 200);
    assert.equal((await answerOf(http, "/old")).status, 301);
    assert.equal((await answerOf(http, "/gone")).status, 410);
  });

  test("service", "have a service that joins the listener of a group", async () => {
    await succeed("up", "service");
    const { http } = (await stateOf("service")).listeners;
    assert.equal((await answerOf(http, "/orders")).status, 200);
    assert.equal((await answerOf(http, "/other")).status, 404);
  });

  test("transforms", "set a property that has no argument", async () => {
    await succeed("up", "transforms");
    assert.match((await stateOf("transforms")).text, /"cost-center": "42"/);
  });

  test("secret", "keep secrets secret", async () => {
    assert.doesNotMatch(await succeed("up", "secret"), /TOP-SECRET/);
    const { text, names } = await stateOf("secret");
    assert.ok(names.includes("web-rule-login"));
    assert.doesNotMatch(text, /TOP-SECRET/);
  });

  test("unknown", "preview a group although ids in its arguments are not known yet", async () => {
    const output = await changingNothing(() => succeed("preview", "unknown"));
    for (const name of ["web-attachment-second:80", "web-http"]) {
      assert.ok(output.includes(` ${name} `), output);
    }
  });

  test("wrong", "report all problems at once, before anything is created", async () => {
    const { code, output } = await changingNothing(() => stage().run("up", "wrong"));
    assert.notEqual(code, 0);
    const lines = output.split("\n");
    for (const [path, message] of WRONG) {
      const own = lines.filter((line) => line.includes(`- property ${path} with value `));
      assert.ok(
        own.some((line) => message.test(line)),
        `${path}: ${output}`,
      );
    }
  });
}
