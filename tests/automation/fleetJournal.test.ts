import assert from "node:assert/strict";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
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
    return journal.before(environment, hash);
  }

  it("knows what was deployed, as long as it is the same", async () => {
    await written(["begun", "dev", "1"], ["deployed", "dev", "1"]);
    assert.equal(await before("dev", "1"), "deployed");
    assert.equal(await before("dev", "2"), undefined);
    assert.equal(await before("prod", "1"), undefined);
  });

  it("knows what was interrupted, whatever it is now", async () => {
    await written(["deployed", "dev", "1"], ["begun", "dev", "2"]);
    assert.equal(await before("dev", "3"), "interrupted");
  });

  it("does what failed again", async () => {
    await written(["begun", "dev", "1"], ["failed", "dev", "1"]);
    assert.equal(await before("dev", "1"), undefined);
  });

  it("begins anew after a run that was done whole", async () => {
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
      message: `${file()}:2 is not a fleet's journal; name another file, or mend that line`,
    });
    await writeFile(file(), "");
    await written(["begun", "dev", "1"]);
  });

  it("is one process's at a time", async () => {
    const journal = await Journal.open(file());
    await assert.rejects(Journal.open(file()), JournalError);
    await journal.close();
    await written(["begun", "dev", "1"]);
  });

  it("takes the lock of a process that is gone", async () => {
    for (const holder of [
      '{"pid":2147483647,"started":1}',
      `{"pid":${process.pid},"started":1}`,
      "x",
    ]) {
      await writeFile(`${file()}.lock`, holder);
      await written(["begun", "dev", "1"]);
    }
  });
});

describe("what a deployment depends on", () => {
  const scratch = useScratch();
  const options = {
    name: "dev",
    region: "us-west-2",
    configuration: { instanceIds: ["i-1"], tags: { a: "1", b: "2" } },
  };

  it("is the same in whatever order it is written, with whichever credentials and engine", async () => {
    const hash = await hashOf(options);
    const { configuration, ...others } = options;
    const { instanceIds } = configuration;
    const same = { configuration: { tags: { b: "2", a: "1" }, instanceIds }, ...others };
    assert.equal(await hashOf(same), hash);
    const environmentVariables = { AWS_SECRET_ACCESS_KEY: "x" };
    assert.equal(await hashOf({ ...options, environmentVariables, engine: "/opt" }), hash);
  });

  it("is another with another configuration, region or settings file", async () => {
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
