// Installs the dependencies of a fresh clone, or of one whose package-lock.json has changed; with a
// folder's name those of that folder. It needs nothing but Node.js, since nothing else is there yet.
import { spawnSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = 20;
const own = fileURLToPath(import.meta.url);
const checkout = path.dirname(path.dirname(own));

/** Installs what is missing in a folder of the checkout; returns 0, or the exit code of what failed. */
export function install(folder = ".") {
  if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
    console.error(`Node.js ${OLDEST_NODE} or newer is needed, this is ${process.versions.node}.`);
    return 1;
  }
  const root = path.resolve(checkout, folder);
  return isInstalled(root) ? 0 : runNpm(root);
}

/** Whether node_modules has what package-lock.json asks for on this platform. */
function isInstalled(root) {
  const wanted = readPackages(path.join(root, "package-lock.json"));
  const installed = readPackages(path.join(root, "node_modules", ".package-lock.json"));
  if (wanted === undefined || installed === undefined) {
    return false;
  }
  // npm writes the second list when it is done. It leaves out the project itself, and what is
  // optional and meant for other platforms.
  return (
    Object.entries(wanted).every(
      ([name, entry]) =>
        name === "" ||
        (name in installed
          ? isSame(entry, installed[name])
          : entry.optional === true || entry.devOptional === true),
    ) && Object.keys(installed).every((name) => name in wanted)
  );
}

function isSame(wanted, installed) {
  return wanted.version === installed.version && wanted.integrity === installed.integrity;
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

function runNpm(root) {
  const folder = path.relative(checkout, root);
  console.error(`Installing the dependencies${folder === "" ? "" : ` of ${folder}`}.`);
  // None of the packages needs its install script, and that of @pulumi/docker-build, which comes with
  // @pulumi/awsx, would have the user's own Pulumi download a plugin.
  // Not set in an .npmrc, where it would also skip this package's own scripts on `npm pack`.
  const npm = ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status, error } = spawnSync("npm", npm, {
    cwd: root,
    stdio: ["ignore", process.stderr, process.stderr],
    // npm is a command file there, which only a shell runs.
    shell: process.platform === "win32",
  });
  if (error !== undefined) {
    console.error(`npm cannot be started: ${error.message}`);
  }
  return status ?? 1;
}

if (realpathSync(process.argv[1]) === own) process.exitCode = install(process.argv[2]);
