import assert from "node:assert/strict";
import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";
import { findTemporal, NoTemporalError } from "../../tools/temporal";
import type { Log } from "../../tools/engine/log";
import { restoreEnvironment, useScratch, writeScript } from "../support/scratch";

/** Stands for Go: it writes down how it was called, and makes a program that does nothing. */
const GO = `
echo "$*" >> "$(dirname "$0")/calls"
case $1 in
  env) echo go1.25.9 ;;
  build)
    while [ "$1" != -o ]; do shift; done
    mkdir -p "$2"
    printf '#!/bin/sh\\n' > "$2temporal"
    chmod +x "$2temporal" ;;
esac`;

describe("findTemporal", () => {
  const scratch = useScratch();
  restoreEnvironment();
  let bin: string;
  let kept: string;
  let said: string[];
  let log: Log;

  beforeEach(async () => {
    bin = path.join(scratch(), "programs");
    await mkdir(bin);
    for (const tool of ["dirname", "mkdir", "chmod", "sh"]) {
      const folders = ["/bin", "/usr/bin"];
      const names = await Promise.all(folders.map((folder) => readdir(folder)));
      const folder = folders.find((_, index) => names[index].includes(tool)) ?? "";
      await symlink(path.join(folder, tool), path.join(bin, tool));
    }
    process.env.PATH = bin;
    process.env.XDG_CACHE_HOME = path.join(scratch(), "cache");
    kept = path.join(scratch(), "cache", "load-balanced-group", "temporal");
    said = [];
    log = { line: (text) => said.push(text), status: () => undefined };
  });

  it("takes the one on PATH", async () => {
    const command = await writeScript(path.join(bin, "temporal"), "");

    assert.equal(await findTemporal(log), command);
    assert.deepEqual(said, []);
  });

  it("compiles it once with what go.sum allows, says so before, and keeps it", async () => {
    await writeScript(path.join(bin, "go"), GO);

    const command = await findTemporal(log);

    const [folder] = await readdir(kept);
    assert.match(folder, /^1\.5\.1-/);
    assert.equal(command, path.join(kept, folder, "bin", "temporal"));
    assert.match(said[0], /^Compiling Temporal 1\.5\.1 with Go 1\.25\.9: about three minutes/);
    const calls = await readFile(path.join(bin, "calls"), "utf8");
    assert.match(calls, /^build .*-mod=readonly/m);
    assert.equal(await findTemporal(log), command);
    assert.equal(await readFile(path.join(bin, "calls"), "utf8"), calls);
  });

  it("says that there is neither Temporal nor Go, and leaves nothing", async () => {
    await assert.rejects(findTemporal(log), (error: Error) => {
      assert.ok(error instanceof NoTemporalError);
      assert.equal(
        error.message,
        "there is no temporal on PATH, and Go 1.25.0 or newer is not installed",
      );
      return true;
    });
    assert.deepEqual(await readdir(kept), []);
  });
});
