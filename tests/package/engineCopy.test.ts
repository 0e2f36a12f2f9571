import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { addressOf, removeUnusedPlugins } from "../../tools/package/pluginCheckout";
import { useScratch } from "../support/scratch";

describe("the engine's own copy of the package", () => {
  const scratch = useScratch();

  const PACKAGES = {
    "@pulumi/aws": { pulumi: { resource: true } },
    "@pulumi/awsx": { pulumi: { resource: true } },
    "@pulumi/eslint-plugin": {},
    // An alias: the engine goes by what is in it, not by its name.
    "docker-classic": { pulumi: { resource: true } },
    mocha: {},
  };

  /** The packages that are left in a folder of that name. */
  async function leftIn(name: string): Promise<string[]> {
    const folder = path.join(scratch(), name);
    const write = async (own: string, manifest: object) => {
      await mkdir(own, { recursive: true });
      const text = JSON.stringify({ name: "own", version: "1.0.0", ...manifest });
      await writeFile(path.join(own, "package.json"), text);
    };
    await write(folder, {
      peerDependencies: { "@pulumi/aws": "1", "@pulumi/awsx": "1" },
      peerDependenciesMeta: { "@pulumi/awsx": { optional: true } },
    });
    const modules = path.join(folder, "node_modules");
    for (const [own, manifest] of Object.entries(PACKAGES)) {
      await write(path.join(modules, own), manifest);
    }
    await writeFile(path.join(modules, ".package-lock.json"), "{}");
    await removeUnusedPlugins(folder);
    return Object.keys(PACKAGES).filter((own) => existsSync(path.join(modules, own)));
  }

  it("loses the packages whose plugins its users don't need", async () => {
    const left = await leftIn("resource-git.example_own.git-v1.0.0");
    assert.deepEqual(left, ["@pulumi/aws", "@pulumi/eslint-plugin", "mocha"]);
  });

  it("is not changed if it is somebody's clone", async () => {
    assert.deepEqual(await leftIn("own"), Object.keys(PACKAGES));
  });

  it("is known by its name", () => {
    assert.equal(addressOf(path.join("plugins", "resource-a.b_c.git-v1.0.0-x1a2")), "a.b_c.git");
    assert.equal(addressOf(path.join("plugins", "resource-own-v2-v1.0.0")), "own-v2");
    assert.equal(addressOf("resource-own"), undefined);
    assert.equal(addressOf(path.join("my-resource-own-v1.0.0")), undefined);
  });
});
