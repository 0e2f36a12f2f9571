import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Log } from "../../../tools/engine/log";
import { buildOnce, type BuildFolders } from "../../../tools/engine/buildOnce";
import { useScratch } from "../../support/scratch";

const MAKER = path.join(__dirname, "slowBuild.ts");

describe("buildOnce", () => {
  const scratch = useScratch();
  let folder: string;
  let said: string[];
  let log: Log;
  let endMaker: () => void = () => undefined;

  afterEach(() => {
    endMaker();
  });

  beforeEach(() => {
    folder = path.join(scratch(), "kept", "engine");
    said = [];
    log = { line: (text) => said.push(text), status: () => undefined };
  });

  const isComplete = () =>
    access(path.join(folder, "whole")).then(
      () => true,
      () => false,
    );
  const makeWhole = async ({ result }: BuildFolders) => {
    await mkdir(result);
    await writeFile(path.join(result, "whole"), "mine");
  };
  const around = () => readdir(path.dirname(folder));

  it("makes the folder and leaves nothing beside it", async () => {
    await buildOnce(folder, isComplete, makeWhole, log);

    assert.deepEqual(await readdir(folder), ["whole"]);
    assert.deepEqual(await around(), ["engine"]);
  });

  it("runs once if two ask at the same time, and the second sees what it waits for", async () => {
    let made = 0;
    const make = async (folders: BuildFolders) => {
      made += 1;
      await makeWhole(folders);
    };

    await Promise.all([
      buildOnce(folder, isComplete, make, log),
      buildOnce(folder, isComplete, make, log),
    ]);

    assert.equal(made, 1);
    assert.deepEqual(said, [`Process ${process.pid} is making ${folder}; waiting for it.`]);
    assert.deepEqual(await around(), ["engine"]);
  });

  it("leaves nothing when the work fails, and starts anew the next time", async () => {
    const fail = async (folders: BuildFolders) => {
      await makeWhole(folders);
      throw new Error("no luck");
    };

    await assert.rejects(buildOnce(folder, isComplete, fail, log), /no luck/);
    assert.deepEqual(await around(), []);

    await buildOnce(folder, isComplete, makeWhole, log);
    assert.deepEqual(await around(), ["engine"]);
  });

  it("leaves the folder to another process that was faster", async () => {
    const lose = async (folders: BuildFolders) => {
      await makeWhole(folders);
      await mkdir(folder);
      await writeFile(path.join(folder, "whole"), "theirs");
    };

    await buildOnce(folder, isComplete, lose, log);

    assert.equal(await readFile(path.join(folder, "whole"), "utf8"), "theirs");
    assert.deepEqual(await around(), ["engine"]);
  });

  it("replaces a folder of which a part was removed", async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "rest"), "");

    await buildOnce(folder, isComplete, makeWhole, log);

    assert.deepEqual(await readdir(folder), ["whole"]);
  });

  it("cleans up after a process that was killed, and starts over", async () => {
    const maker = await startMaker();
    maker.kill("SIGKILL");
    await once(maker, "close");
    assert.equal((await around()).length, 2, "the killed process leaves its lock and its work");

    await buildOnce(folder, isComplete, makeWhole, log);

    assert.deepEqual(await around(), ["engine"]);
    assert.deepEqual(said, []);
  });

  it("does not touch the folders of a process that still runs, here or on another machine", async () => {
    await mkdir(path.dirname(folder), { recursive: true });
    const here = { pid: process.pid, host: hostname(), token: "a" };
    const elsewhere = { pid: 1, host: `not-${hostname()}`, token: "b" };
    for (const maker of [here, elsewhere]) {
      const part = path.join(path.dirname(folder), `other.${maker.token}.part`);
      await mkdir(part);
      await writeFile(path.join(part, "maker"), JSON.stringify(maker));
    }

    await buildOnce(folder, isComplete, makeWhole, log);

    assert.deepEqual(await around(), ["engine", "other.a.part", "other.b.part"]);
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`cleans up on ${signal}, ends what it started, and ends by that signal`, async () => {
      const maker = await startMaker();

      maker.kill(signal);
      const [, endedBy] = (await once(maker, "close")) as [number | null, string | null];

      // The maker waits for whoever holds the command's output: it ends only if all are gone.
      assert.equal(endedBy, signal);
      assert.deepEqual(await around(), []);
    });
  }

  /** Starts a process that makes the folder and does not come to an end. */
  async function startMaker(): Promise<ChildProcess> {
    const register = ["-r", "ts-node/register/transpile-only"];
    const maker = spawn(process.execPath, [...register, MAKER, folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [group] = (await once(createInterface(maker.stdout), "line")) as [string];
    endMaker = () => {
      maker.kill("SIGKILL");
      killGroup(Number(group));
    };
    return maker;
  }
});

/** Ends a command that lost the process that started it. */
function killGroup(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It was ended by the code under test.
  }
}
