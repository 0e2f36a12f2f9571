import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { pluginFolders } from "../../demo/pluginFolders";
import { ROOT } from "../../tools/package/manifest";
import { useScratch } from "../support/scratch";

describe("the folders that a program uses as plugins", () => {
  const scratch = useScratch();
  const example = (name: string) => pluginFolders(path.join(ROOT, "examples", name));

  it("are those that its project names", () => {
    assert.deepEqual(example("yaml"), [ROOT]);
    assert.deepEqual(example("typescript"), []);
    assert.deepEqual(pluginFolders(ROOT), []);
  });

  it("are named in a short or in a long form, in a file of the folder or of one above it", async () => {
    const packages = { one: "../one", two: { source: "./two", version: "1.0.0" }, aws: "aws" };
    await writeFile(path.join(scratch(), "Pulumi.json"), JSON.stringify({ packages }));
    const program = path.join(scratch(), "src", "program");
    await mkdir(program, { recursive: true });
    const folders = pluginFolders(program).slice(0, 2);
    assert.deepEqual(folders, [path.resolve(scratch(), "../one"), path.join(scratch(), "two")]);
  });

  it("are none where there is no project", () => {
    assert.deepEqual(pluginFolders(scratch()), []);
  });
});
