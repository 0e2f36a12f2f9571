import { copyFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { build as esbuild, type Plugin } from "esbuild";
import { NODE_NEEDED, OLDEST_NODE } from "./launcher";
import { ROOT } from "./manifest";
import { notices } from "./notices";
import { SCHEMA_FILE } from "./schemaFile";

/** The folder of the bundled provider. "main" in package.json is a file in it. */
export const PROVIDER_FOLDER = path.join(ROOT, "bin", "provider");

/**
 * Bundles the provider, the component and the SDK into one file, which starts several times as fast as a thousand
 * files. Also writes the file that starts it, the schema, and the licences of the packages in the bundle.
 */
export async function bundle(folder = PROVIDER_FOLDER): Promise<void> {
  const { metafile } = await esbuild({
    ...BUNDLED_FOR_NODE,
    entryPoints: ["provider/provider.ts"],
    outfile: path.join(folder, "provider.js"),
    // The SDK needs the names of classes.
    keepNames: true,
    banner: { js: '"use strict";' },
    metafile: true,
    plugins: [withoutUnused],
  });
  await esbuild({
    ...BUNDLED_FOR_NODE,
    entryPoints: ["provider/index.ts"],
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
  // Keeps paths in the bundle the same if node_modules is a symbolic link.
  preserveSymlinks: true,
  bundle: true,
  platform: "node",
  target: `node${OLDEST_NODE}`,
  format: "cjs",
  logLevel: "warning",
} as const;

/** The first lines of the bundle. They include "use strict", which must be first. */
const CHECK_NODE = `"use strict";
if (parseInt(process.versions.node) < ${OLDEST_NODE}) {
  console.error("${NODE_NEEDED}, this is " + process.versions.node);
  process.exit(1);
}`;

/**
 * Modules that the SDK loads but a component never uses, each with its use. They take two thirds of the start time.
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
    // The SDK creates a stack trace for each promise. This package would look each up in a source map, which the
    // bundle does not have, and take 40 MiB.
    build.onLoad({ filter: /./, namespace: "idle" }, () => ({
      contents: "exports.install = () => {};",
    }));
    // The SDK needs the stack trace of each promise only to debug promises that never end. Without them the first
    // group takes a tenth less time.
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

/** The source of a module that throws an error when something in it is used. */
function unused(name: string): string {
  const reason = `${name} ${UNUSED[name]}, for which this provider has no use; it was left out of it`;
  return `module.exports = new Proxy({ __esModule: true }, {
    get(self, key) {
      if (key in self) return self[key];
      throw new Error(${JSON.stringify(reason)});
    },
  });`;
}
