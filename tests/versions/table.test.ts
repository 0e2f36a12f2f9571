import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { MINIMUM_ENGINE } from "../../automation/engineCommand";
import { readNewest } from "../../tools/engine/modules";
import { isAtLeast } from "../../tools/engine/version";
import { readManifest, ROOT } from "../../tools/package/manifest";
import { LANES } from "../../tools/versions/lanes";
import { COMPATIBILITY_FILE, triedIn, withTable } from "../../tools/versions/table";

describe("the table of versions that go together, which npm run versions writes", () => {
  const { peerDependencies = {}, devDependencies = {}, engines } = readManifest();
  const oldest = (name: string) => peerDependencies[name].replace("^", "");

  it("has each Node.js that is tried, with versions of the ranges in package.json", async () => {
    const page = await readFile(COMPATIBILITY_FILE, "utf8");
    const tried = triedIn(page);
    assert.deepEqual(
      tried.map(({ node }) => Number(node.split(".")[0])),
      LANES.map(({ node }) => node),
    );
    assert.equal(engines?.node, `>=${LANES[0].node}`);
    for (const [index, { pulumi, aws, node }] of tried.entries()) {
      const versions = { "@pulumi/pulumi": pulumi, "@pulumi/aws": aws };
      for (const [name, version] of Object.entries(versions)) {
        const fits =
          LANES[index].packages === "oldest"
            ? version === oldest(name)
            : isAtLeast(version, devDependencies[name]);
        assert.ok(fits, `${name} ${version} with Node.js ${node}`);
      }
    }
    assert.equal(await withTable(page, tried), page, "it is not as npm run versions writes it");
  });

  it("has the engine that is compiled here, and names the oldest that is taken", async () => {
    const page = await readFile(COMPATIBILITY_FILE, "utf8");
    const { version } = await readNewest(path.join(ROOT, "tools", "engine"));
    assert.deepEqual([...new Set(triedIn(page).map(({ engine }) => engine))], [version]);
    assert.ok(page.includes(`The oldest engine is ${MINIMUM_ENGINE},`));
  });
});
