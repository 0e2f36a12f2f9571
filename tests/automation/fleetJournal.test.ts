import assert from "node:assert/strict";
import fs, {
  appendFile,
  type FileHandle,
  open,
  readdir,
  readFile,
  utimes,
  writeFile,
} from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { mock } from "node:test";
import { hashOf, Journal, JournalError } from "../../automation/fleet/journal";
import { useScratch } from "../support/scratch";

describe("the journal of a fleet", () => {
  const scratch = useScratch();
  const file = () => path.join(scratch(), "fleet.jsonl");

  /** Writes entries, and leaves the journal as a run does that is over. */
  async function written(...entries: ["begun" | "deployed" | "failed", string, string][]) {
    const journal = await Journal.open(file());
    for (const entry of entries) await journal.write(...entry);
    await journal.close();
  }

  async function before(environment: string, hash: string) {
    const journal = await Journal.open(file());
    await journal.close();
    return journal.previousRun(environment, hash);
  }

  it("skips what was deployed, if it is unchanged", async () => {
    await written(["begun", "dev", "1"], ["deployed", "dev", "1"]);
    assert.equal(await before("dev", "1"), "deployed");
    assert.equal(await before("dev", "2"), undefined);
    assert.equal(await before("prod", "1"), undefined);
  });

  it("deploys what was interrupted again, changed or not", async () => {
    await written(["deployed", "dev", "1"], ["begun", "dev", "2"]);
    assert.equal(await before("dev", "3"), "interrupted");
  });

  it("deploys what failed again", async () => {
    await written(["begun", "dev", "1"], ["failed", "dev", "1"]);
    assert.equal(await before("dev", "1"), undefined);
  });

  it("starts over after a complete run", async () => {
    const journal = await Journal.open(file());
    await journal.write("deployed", "dev", "1");
    await journal.finish();
    await journal.close();
    assert.equal(await before("dev", "1"), undefined);
  });

  it("leaves out a line that was being written when the process was killed", async () => {
    await written(["deployed", "dev", "1"]);
    await appendFile(file(), '{"event":"begun","environment":"pr');
    await written(["deployed", "prod", "1"]);
    assert.equal(await before("dev", "1"), "deployed");
    assert.equal(await before("prod", "1"), "deployed");
    assert.equal((await readFile(file(), "utf8")).split("\n").length, 3);
  });

  it("says which line can't be read", async () => {
    await writeFile(file(), '{"event":"finished"}\nhello\n');
    await assert.rejects(Journal.open(file()), {
      name: "JournalError",
      message: `${file()}:2 is not a line of a fleet's journal; use another file, or correct that line`,
    });
    await writeFile(file(), "");
    await written(["begun", "dev", "1"]);
  });

  it("is locked by one process at a time", async () => {
    const journal = await Journal.open(file());
    await assert.rejects(Journal.open(file()), JournalError);
    await journal.close();
    await written(["begun", "dev", "1"]);
  });

  const lock = () => `${file()}.lock`;
  const gone = { host: hostname(), token: "gone", started: 1 };

  /** Leaves a lock that nobody has touched for a while. */
  async function left(holder: string): Promise<void> {
    await writeFile(lock(), holder);
    const old = new Date(Date.now() - 10 * 60_000);
    await utimes(lock(), old, old);
  }

  it("takes the lock of a process that has ended", async () => {
    for (const pid of [2147483647, process.pid]) {
      await writeFile(lock(), JSON.stringify({ ...gone, pid }));
      await written(["begun", "dev", "1"]);
    }
  });

  it("takes a lock that its owner stopped renewing, even if a process has its ID, or it is on another host", async () => {
    for (const holder of [
      JSON.stringify({ ...gone, pid: process.ppid }),
      JSON.stringify({ ...gone, pid: 1, host: "elsewhere" }),
      "",
    ]) {
      await left(holder);
      await written(["begun", "dev", "1"]);
    }
  });

  it("leaves a lock that may be in use", async () => {
    for (const holder of [
      JSON.stringify({ ...gone, pid: process.ppid }),
      JSON.stringify({ ...gone, pid: 2147483647, host: "elsewhere" }),
      "",
    ]) {
      await writeFile(lock(), holder);
      await assert.rejects(Journal.open(file()), JournalError);
    }
  });

  it("is taken over by only one of many", async () => {
    for (let round = 0; round < 20; round++) {
      await left(JSON.stringify({ ...gone, token: `gone-${round}`, pid: 2147483647 }));
      const taken = await Promise.allSettled(
        Array.from({ length: 20 }, () => Journal.open(file())),
      );
      const journals = taken.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
      assert.equal(journals.length, 1);
      await journals[0].close();
    }
    assert.deepEqual(
      (await readdir(scratch())).filter((name) => name !== "fleet.jsonl"),
      [],
    );
  });

  it("is not taken over twice", async () => {
    await left(JSON.stringify({ ...gone, pid: 2147483647 }));
    const link = fs.link;
    const others: Journal[] = [];
    const late = mock.method(fs, "link", async (from: string, to: string) => {
      if (to.includes(".after-") && others.length === 0) {
        late.mock.restore();
        others.push(await Journal.open(file()));
      }
      return link(from, to);
    });
    await assert.rejects(Journal.open(file()), JournalError);
    await others[0].close();
    await written(["begun", "dev", "1"]);
  });

  it("says what to do if it can't be written, and writes nothing after half a line", async () => {
    const journal = await Journal.open(file());
    const prototype: unknown = Object.getPrototypeOf(await handle());
    const full = mock.method(prototype as FileHandle, "appendFile", () =>
      Promise.reject(new Error("ENOSPC: no space left on device, write")),
    );
    await assert.rejects(journal.write("begun", "dev", "1"), {
      name: "JournalError",
      message: /fleet\.jsonl can't be written: ENOSPC: .*; correct this, and call deployAll again/,
    });
    full.mock.restore();
    await assert.rejects(journal.write("deployed", "dev", "1"), JournalError);
    await journal.close();
    assert.equal(await readFile(file(), "utf8"), "");
  });

  async function handle(): Promise<FileHandle> {
    const opened = await open(file(), "r");
    await opened.close();
    return opened;
  }
});

describe("what a deployment depends on", () => {
  const scratch = useScratch();
  const options = {
    name: "dev",
    region: "us-west-2",
    configuration: { instanceIds: ["i-1"], tags: { a: "1", b: "2" } },
  };

  it("is the same in any order, with any credentials and engine", async () => {
    const hash = await hashOf(options);
    const { configuration, ...others } = options;
    const { instanceIds } = configuration;
    const same = { configuration: { tags: { b: "2", a: "1" }, instanceIds }, ...others };
    assert.equal(await hashOf(same), hash);
    const environmentVariables = { AWS_SECRET_ACCESS_KEY: "x" };
    assert.equal(await hashOf({ ...options, environmentVariables, engine: "/opt" }), hash);
  });

  it("changes with the configuration, the region or the settings file", async () => {
    const hash = await hashOf(options);
    assert.notEqual(await hashOf({ ...options, region: "eu-west-1" }), hash);
    assert.notEqual(await hashOf({ ...options, configuration: { instanceIds: ["i-2"] } }), hash);
    const settings = { name: "dev", settingsFolder: scratch() };
    const name = path.join(scratch(), "Pulumi.dev.yaml");
    await writeFile(name, "config: {}\n");
    const first = await hashOf(settings);
    await writeFile(name, "config: {a:b: c}\n");
    assert.notEqual(await hashOf(settings), first);
  });
});
