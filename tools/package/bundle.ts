import { copyFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { build as esbuild, type Plugin } from "esbuild";
import { NODE_NEEDED, OLDEST_NODE } from "./launcher";
import { ROOT } from "./manifest";
import { notices } from "./notices";
import { SCHEMA_FILE } from "./schemaFile";

/** Where the provider lies that "main" in package.json names. */
export const PROVIDER_FOLDER = path.join(ROOT, "bin", "provider");

/**
 * Makes one file of the provider, the component and the SDK, which starts several times as fast as
 * the thousand files that it replaces, and one that starts it. Beside them go its schema and the
 * licences of what is in it.
 */
export async function bundle(folder = PROVIDER_FOLDER): Promise<void> {
  const { metafile } = await esbuild({
    ...BUNDLED_FOR_NODE,
    entryPoints: ["provider.ts"],
    outfile: path.join(folder, "provider.js"),
    // The SDK finds classes by their names.
    keepNames: true,
    banner: { js: '"use strict";' },
    metafile: true,
    plugins: [withoutUnused],
  });
  await esbuild({
    ...BUNDLED_FOR_NODE,
    entryPoints: ["provider/start.ts"],
    external: ["./provider.js", "../index.js"],
    outfile: path.join(folder, "index.js"),
    banner: { js: CHECK_NODE },
  });
  await copyFile(SCHEMA_FILE, path.join(folder, "schema.json"));
  await writeFile(
    path.join(folder, "THIRD-PARTY-LICENSES.txt"),
    await notices(Object.keys(metafile.inputs)),
  );
}

const BUNDLED_FOR_NODE = {
  absWorkingDir: ROOT,
  // The paths in the bundle are the same where node_modules is a link.
  preserveSymlinks: true,
  bundle: true,
  platform: "node",
  target: `node${OLDEST_NODE}`,
  format: "cjs",
  logLevel: "warning",
} as const;

/** Comes first, so the directive that would have to come first comes with it. */
const CHECK_NODE = `"use strict";
if (parseInt(process.versions.node) < ${OLDEST_NODE}) {
  console.error("${NODE_NEEDED}, this is " + process.versions.node);
  process.exit(1);
}`;

/**
 * What the SDK loads at once although a component never uses it, and what it does: together two
 * thirds of the time until the port is open.
 */
const UNUSED: Readonly<Record<string, string>> = {
  typescript: "sends functions to a cloud",
  "@npmcli/arborist": "sends functions to a cloud",
  "normalize-package-data": "sends functions to a cloud",
  "./automation": "runs Pulumi from a program",
};

export const withoutUnused: Plugin = {
  name: "without what is unused",
  setup(build) {
    build.onResolve(
      { filter: /^(typescript|@npmcli\/arborist|normalize-package-data|\.\/automation)$/ },
      ({ path: name }) => ({
        path: name,
        namespace: "unused",
      }),
    );
    build.onResolve({ filter: /^source-map-support$/ }, ({ path: name }) => ({
      path: name,
      namespace: "idle",
    }));
    // The SDK looks at a stack for each promise. With this package each would be looked up in the
    // source map of a bundle that has none, which takes 40 MiB.
    build.onLoad({ filter: /./, namespace: "idle" }, () => ({
      contents: "exports.install = () => {};",
    }));
    // A stack for each promise, which the SDK only shows where leaks of promises are debugged, is a
    // tenth of what the first group takes.
    build.onLoad({ filter: /pulumi.runtime.debuggable\.js$/ }, async ({ path: file }) => {
      const contents = await readFile(file, "utf8");
      const stack = "new Error().stack";
      if (!contents.includes(stack)) throw new Error(`${file} has no ${stack} any more`);
      return { contents: contents.replace(stack, `exports.debugPromiseLeaks && ${stack}`) };
    });
    build.onLoad({ filter: /./, namespace: "unused" }, ({ path: name }) => ({
      contents: unused(name),
    }));
  },
};

/** A module that says why it is not there when something of it is used. */
function unused(name: string): string {
  const reason = `${name} ${UNUSED[name]}, for which this provider has no use; it was left out of it`;
  return `module.exports = new Proxy({ __esModule: true }, {
    get(self, key) {
      if (key in self) return self[key];
      throw new Error(${JSON.stringify(reason)});
    },
  });`;
}
