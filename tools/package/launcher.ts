import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import { addressOf } from "./pluginCheckout";
import { readManifest, ROOT } from "./manifest";
import type { ArchivedFile } from "./tar";

/** The message if Node.js is older or missing. */
export const OLDEST_NODE = 20;
export const NODE_NEEDED = `load-balanced-group needs Node.js ${OLDEST_NODE} or newer`;

/**
 * The file that the engine starts. It runs the user's Node.js with the bundle, whose path is relative to this file.
 * On Windows the engine needs a .cmd file.
 */
export function launcher(plugin: string, system: string, bundle: string): ArchivedFile {
  return system === "windows"
    ? { name: `${plugin}.cmd`, content: Buffer.from(windows(bundle).join("\r\n")) }
    : { name: plugin, content: Buffer.from(unix(bundle).join("\n")), executable: true };
}

const NOT_BUILT = "load-balanced-group is not built, which npm install does in";

const unix = (bundle: string) => [
  "#!/bin/sh",
  // The bundle is relative to the file itself and not to links to it.
  'file="$0"',
  'while [ -L "$file" ]; do',
  '  target=$(readlink "$file")',
  '  case "$target" in /*) file="$target" ;; *) file="${file%/*}/$target" ;; esac',
  "done",
  'folder="${file%/*}"',
  `[ -f "$folder/${bundle}" ] || { echo "${NOT_BUILT} $folder" >&2; exit 1; }`,
  `command -v node >/dev/null || { echo "${NODE_NEEDED} on the PATH" >&2; exit 1; }`,
  `exec node "$folder/${bundle}" "$@"`,
  "",
];

const windows = (bundle: string) => {
  const file = `%~dp0${bundle.replaceAll("/", "\\")}`;
  return [
    "@echo off",
    `if not exist "${file}" (echo ${NOT_BUILT} "%~dp0" 1>&2 & exit /b 1)`,
    `where /q node || (echo ${NODE_NEEDED} on the PATH 1>&2 & exit /b 1)`,
    `node "${file}" %*`,
    "",
  ];
};

/**
 * Writes the file that the engine starts if the folder itself is the package. Without it the engine would use a
 * language host, which loads all of the SDK first. In the engine's checkout of a git repository, the file has the
 * repository's address in its name.
 */
export async function writeLaunchers(folder = ROOT): Promise<void> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const names = [readManifest().name, addressOf(folder)].filter((name) => name !== undefined);
  for (const name of names) {
    const { name: file, content } = launcher(`pulumi-resource-${name}`, system, BUILT);
    await writeFile(path.join(folder, file), content);
    await chmod(path.join(folder, file), 0o755);
  }
}

const BUILT = "bin/provider/index.js";
