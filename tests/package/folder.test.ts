import assert from "node:assert/strict";
import { rename } from "node:fs/promises";
import path from "node:path";
import { readManifest } from "../../tools/package/manifest";
import { Consumer } from "./consumer";
import { makePackageFolder } from "./packageFolder";
import { FIRST } from "../support/stage";
import type { Terminal } from "../support/terminal";

const { name, version } = readManifest();
const FOLDER = "package";
/** How the engine calls the folder in which it keeps what it has from an address. */
const ADDRESS = "git://git.example/owner/load-balanced-group";
const KEPT = path.join(
  "home",
  "plugins",
  `resource-git.example_owner_load-balanced-group.git-v${version}`,
);

const web = (options = {}) => ({
  web: {
    type: "load-balanced-group:LoadBalancedGroup",
    properties: { availabilityZones: ["us-west-2a", "us-west-2b"], instanceIds: [FIRST] },
    options,
  },
});

describe("a YAML program that has the package without an archive", function () {
  this.timeout(120_000);
  let folder = "";
  const consumer = Consumer.forSuite((terminal: Terminal) => {
    folder = terminal.folder;
    return Promise.all([FOLDER, KEPT].map((own) => makePackageFolder(path.join(folder, own))));
  });

  async function preview(): Promise<string> {
    const { code, output } = await consumer().pulumi("preview");
    assert.equal(code, 0, output);
    return output;
  }

  it("has it started from a folder without a language host", async () => {
    const packages = { [name]: `../${FOLDER}` };
    await consumer().write({ packages, resources: web() });
    assert.match(await preview(), /aws:lb:LoadBalancer web-alb create/);
  });

  it("has it started from git without a language host", async () => {
    await consumer().write({ resources: web({ version, pluginDownloadURL: ADDRESS }) });
    assert.match(await preview(), /aws:lb:LoadBalancer web-alb create/);
  });

  it("gets an error if the folder is not built", async () => {
    const built = path.join(folder, FOLDER, "bin");
    await rename(built, `${built}-elsewhere`);
    const packages = { [name]: `../${FOLDER}` };
    await consumer().write({ packages, resources: web() });
    const { code, output } = await consumer().pulumi("preview");
    assert.notEqual(code, 0);
    assert.match(output, /load-balanced-group is not built, which npm install does in .*package/);
  });
});
