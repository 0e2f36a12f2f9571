import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, rename, rmdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { CONFIGURATION, Environments, PASSPHRASE } from "../support/environments";
import { buildService, RunningService, TOKEN } from "./service";

describe("the example service", function () {
  this.timeout(300_000);
  const stage = Environments.forSuite();
  let folder: string;
  let service: RunningService;

  before(async () => {
    folder = path.join(stage().folder, "service");
    await buildService(folder);
    service = await RunningService.start(stage(), folder);
  });

  after(async () => {
    if (service.process.exitCode === null) await service.kill("SIGKILL");
  });

  /** How many load balancers there are of an environment's name. */
  const existing = (name: string) =>
    stage()
      .emulator.elb.existingLoadBalancers()
      .filter(({ loadBalancerName }) => loadBalancerName.startsWith(`${name}-alb-`)).length;

  it("describes itself without a token, and needs one for the rest", async () => {
    const { status, answer } = await service.ask("GET", "/openapi.json", undefined, "none");
    assert.equal(status, 200);
    assert.equal(answer.openapi, "3.1.0");
    for (const token of ["", "wrong", `${TOKEN}x`]) {
      assert.equal((await service.ask("GET", "/environments", undefined, token)).status, 401);
    }
    assert.equal((await service.ask("GET", "/environments")).status, 200);
  });

  it("has every route that it describes", async () => {
    const { answer } = await service.ask("GET", "/openapi.json");
    const paths = answer.paths as Record<string, Record<string, unknown>>;
    for (const [route, methods] of Object.entries(paths)) {
      for (const method of ["get", "post", "delete"].filter((one) => one in methods)) {
        const path = route.replace("{name}", "nobody");
        const response = await service.ask(method.toUpperCase(), path);
        const isThere =
          response.status !== 405 && response.answer.message !== "there is no such path";
        assert.ok(isThere, `${method} ${route} is ${response.status}`);
      }
    }
    assert.equal((await service.ask("GET", "/elsewhere")).status, 404);
  });

  it("refuses a wrong configuration with all problems, before anything begins", async () => {
    const { status, answer } = await service.deploy("wrong", { port: 0, availabilityZones: [] });
    assert.equal(status, 400);
    const problems = answer.problems as { propertyPath: string }[];
    assert.deepEqual(problems.map(({ propertyPath }) => propertyPath).sort(), [
      "availabilityZones",
      "port",
    ]);
    assert.equal((await service.ask("GET", "/environments/wrong")).status, 404);
    assert.equal((await service.ask("POST", "/environments/wrong", [])).status, 400);
  });

  it("serves 50 requests at a time: each environment is deployed once, and a second request gets the first one's ID", async () => {
    const names = Array.from({ length: 10 }, (_, index) => `many${index}`);
    const before = stage().changes.filter((call) => call === "CreateLoadBalancer").length;
    const [posts, gets, strangers] = await Promise.all([
      Promise.all(names.flatMap((name) => [1, 2, 3].map(() => service.deploy(name)))),
      Promise.all(names.map(() => service.ask("GET", "/environments"))),
      Promise.all(names.map(() => service.ask("DELETE", "/environments/many1", undefined, "no"))),
    ]);
    assert.equal(posts.filter(({ status }) => status === 202).length, 10);
    const refused = posts.filter(({ status }) => status === 409);
    assert.equal(refused.length, 20);
    for (const { answer } of refused) {
      const { client, since } = answer.holder as Record<string, string>;
      assert.equal(client, "ann");
      assert.match(since, /^\d{4}-/);
    }
    assert.ok(gets.every(({ status }) => status === 200));
    assert.ok(strangers.every(({ status }) => status === 401));
    const streams = await Promise.all(names.map((name) => service.follow(name)));
    for (const events of streams) {
      const states = events.map(({ type }) => type).filter((type) => type !== "progress");
      assert.deepEqual(states, ["queued", "deploying", "deployed"]);
      assert.ok(events.filter(({ type }) => type === "progress").length >= 20);
    }
    const created = stage().changes.filter((call) => call === "CreateLoadBalancer").length - before;
    assert.equal(created, 10);
    assert.deepEqual(
      names.map(existing),
      names.map(() => 1),
    );
    const { answer } = await service.ask("GET", "/environments/many3");
    assert.equal(answer.state, "deployed");
    assert.match((answer.outputs as { url: string }).url, /^http:/);
  });

  it("lets a stream go on where it was left", async () => {
    const all = await service.follow("many1");
    const rest = await service.follow("many1", all[5].id);
    assert.deepEqual(rest, all.slice(6));
  });

  it("destroys, and reports a failure with advice", async () => {
    const { status } = await service.ask("DELETE", "/environments/many0");
    assert.equal(status, 202);
    await service.follow("many0");
    assert.equal((await service.ask("GET", "/environments/many0")).answer.state, "destroyed");
    assert.equal(existing("many0"), 0);
    await service.deploy("many0", { instanceIds: ["i-0a1b2c3d4e5f69999"] });
    const failed = (await service.follow("many0")).at(-1);
    assert.equal(failed?.type, "failed");
    assert.equal(failed.data.kind, "refused");
    assert.match(String(failed.data.advice), /Correct these values/);
  });

  it("completes what a kill interrupted at its next start", async () => {
    await service.deploy("killed");
    const created = service.logged(
      ({ event, environment }) => event === "deploying" && environment === "killed",
    );
    await created;
    await began("killed");
    await service.kill("SIGKILL");
    service = await RunningService.start(stage(), folder);
    const { state } = await service.logged(
      ({ event, environment }) => event === "interrupted" && environment === "killed",
    );
    assert.equal(state, "deploying");
    await service.logged(
      ({ event, environment }) => event === "deployed" && environment === "killed",
    );
    const { answer } = await service.ask("GET", "/environments/killed");
    assert.deepEqual([answer.state, answer.repaired], ["deployed", true]);
    assert.equal(existing("killed"), 1);
  });

  it("finishes what runs after a stop signal, and begins nothing", async () => {
    await service.deploy("finished");
    await began("finished");
    const exit = service.kill("SIGTERM");
    await service.logged(({ event }) => event === "stopping");
    assert.equal((await service.deploy("late")).status, 503);
    assert.equal(await exit, 0);
    assert.ok(
      service.log.some(
        ({ event, environment }) => event === "deployed" && environment === "finished",
      ),
    );
    assert.equal(existing("finished"), 1);
  });

  it("cancels what does not finish in time, and completes it at its next start", async () => {
    service = await RunningService.start(stage(), folder, { SERVICE_GRACE_SECONDS: "0" });
    await service.deploy("cancelled");
    await began("cancelled");
    assert.equal(await service.kill("SIGTERM"), 0);
    assert.ok(
      service.log.some(
        ({ event, environment }) => event === "failed" && environment === "cancelled",
      ),
    );
    service = await RunningService.start(stage(), folder);
    await service.logged(
      ({ event, environment }) => event === "deployed" && environment === "cancelled",
    );
    assert.equal(existing("cancelled"), 1);
  });

  describe("to more than one client", () => {
    const BOB = "another-long:secret";

    it("takes whole tokens, with colons too", async () => {
      assert.equal((await service.ask("GET", "/environments", undefined, BOB)).status, 200);
      const cut = await service.ask("GET", "/environments", undefined, "another-long");
      assert.equal(cut.status, 401);
    });

    it("keeps each client's environments private, until they are destroyed", async () => {
      const body = { region: "us-west-2", configuration: { ...CONFIGURATION, name: "own" } };
      assert.equal((await service.ask("POST", "/environments/own", body)).status, 202);
      await service.follow("own");
      for (const [method, route] of [
        ["POST", "/environments/own"],
        ["GET", "/environments/own"],
        ["DELETE", "/environments/own"],
        ["GET", "/environments/own/events"],
      ]) {
        const { status, answer } = await service.ask(
          method,
          route,
          method === "POST" ? body : undefined,
          BOB,
        );
        assert.deepEqual([status, answer.message], [403, "own is another client's"]);
      }
      const listed = await service.ask("GET", "/environments", undefined, BOB);
      assert.deepEqual(listed.answer, []);
      assert.equal(existing("own"), 1);
      await service.ask("DELETE", "/environments/own");
      await service.follow("own");
      assert.equal((await service.ask("POST", "/environments/own", body, BOB)).status, 202);
      assert.equal((await service.ask("GET", "/environments/own")).status, 403);
    });
  });

  it("keeps its records from others on the machine", async () => {
    const records = path.join(folder, "records");
    const modes = await Promise.all(
      ["", "many1.json"].map(async (name) => (await stat(path.join(records, name))).mode & 0o777),
    );
    assert.deepEqual(modes, [0o700, 0o600]);
  });

  it("begins nothing if its disk is full, and goes on with what has begun", async () => {
    // A folder in the file's place can't be written either.
    const draft = (name: string) => path.join(folder, "records", `${name}.json.draft`);
    await mkdir(draft("full"));
    assert.equal((await service.deploy("full")).status, 507);
    assert.equal((await service.ask("GET", "/environments/full")).status, 404);
    await rmdir(draft("full"));
    assert.equal((await service.deploy("full")).status, 202);
    await began("full");
    await mkdir(draft("full"));
    await service.logged(
      ({ event, environment }) => event === "unwritten" && environment === "full",
    );
    await service.logged(
      ({ event, environment }) => event === "deployed" && environment === "full",
    );
    const { answer } = await service.ask("GET", "/environments/full");
    assert.equal(answer.state, "deployed");
    await rmdir(draft("full"));
  });

  it("logs the errors that it reports as its own", async () => {
    const description = path.join(folder, "openapi.json");
    await rename(description, `${description}.away`);
    const { status, answer } = await service.ask("GET", "/openapi.json");
    await rename(`${description}.away`, description);
    assert.deepEqual(
      [status, answer.message],
      [500, "this is the service's own fault; its log has it"],
    );
    await service.logged(
      ({ event, error }) => event === "fault" && String(error).includes("ENOENT"),
    );
  });

  it("starts with a damaged record, says so, and does not touch its environment", async () => {
    assert.equal(await service.kill("SIGTERM"), 0);
    await writeFile(path.join(folder, "records", "torn.json"), '{ "name": "torn", "sta');
    service = await RunningService.start(stage(), folder);
    const { environment } = await service.logged(({ event }) => event === "unreadable");
    assert.equal(environment, "torn");
    assert.equal((await service.deploy("torn")).status, 403);
    assert.equal((await service.ask("GET", "/environments/many1")).answer.state, "deployed");
  });

  it("refuses invalid settings", async () => {
    for (const [variable, value] of [
      ["SERVICE_CONCURRENCY", "0"],
      ["SERVICE_PORT", "eighty"],
      ["SERVICE_TOKENS", "ann"],
    ]) {
      const env = await RunningService.variables(stage(), { [variable]: value });
      const { status, stdout } = spawnSync(process.execPath, ["dist/main.js"], {
        cwd: folder,
        env,
        encoding: "utf8",
      });
      assert.equal(status, 1);
      assert.match(stdout, new RegExp(`${variable} must `));
    }
  });

  it("has no secret in its log", () => {
    const text = JSON.stringify(service.log);
    for (const secret of [TOKEN, PASSPHRASE]) assert.ok(!text.includes(secret));
  });

  /** Until the deployment of an environment asks AWS for something. */
  async function began(name: string): Promise<void> {
    const response = await fetch(`${service.url}/environments/${name}/events`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    assert.ok(response.body);
    let text = "";
    for await (const chunk of response.body) {
      text += Buffer.from(chunk as Uint8Array).toString();
      if (text.includes("event: progress")) return;
    }
  }
});
