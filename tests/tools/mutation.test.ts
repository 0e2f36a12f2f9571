import assert from "node:assert/strict";
import { access, readdir } from "node:fs/promises";
import path from "node:path";
import { ROOMS } from "../../tools/mutation/rooms";
import { ROOT } from "../../tools/package/manifest";

describe("the folders whose tests are measured", () => {
  it("are all those of the component, and have tests", async () => {
    const entries = await readdir(path.join(ROOT, "components"), { withFileTypes: true });
    const folders = entries.filter((one) => one.isDirectory()).map(({ name }) => name);
    const measured = ROOMS.map(({ folder }) => folder);
    assert.deepEqual(
      folders.filter((name) => !measured.includes(`components/${name}`)),
      [],
    );
    for (const { folder, tests } of ROOMS) {
      await access(path.join(ROOT, folder));
      assert.ok(tests.length > 0, folder);
      for (const test of tests) await access(path.join(ROOT, test));
    }
  });
});
