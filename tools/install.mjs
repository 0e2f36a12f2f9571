// Installs the dependencies of a fresh clone, or of one whose package-lock.json has changed; with a
// folder's name those of that folder. It needs nothing but Node.js, since nothing else is there yet.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = 20;
const checkout = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const root = path.resolve(checkout, process.argv[2] ?? ".");

if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
  console.error(`Node.js ${OLDEST_NODE} or newer is needed, this is ${process.versions.node}.`);
  process.exitCode = 1;
} else if (!isInstalled()) {
  process.exitCode = install();
}

/** Whether node_modules has what package-lock.json asks for on this platform. */
function isInstalled() {
  const wanted = readPackages("package-lock.json");
  const installed = readPackages(path.join("node_modules", ".package-lock.json"));
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
    return JSON.parse(readFileSync(path.join(root, file), "utf8")).packages;
  } catch {
    return undefined;
  }
}

function install() {
  console.error(`Installing the dependencies${root === checkout ? "" : ` of ${process.argv[2]}`}.`);
  // None of the packages needs its install script, and that of @pulumi/docker-build, which comes with
  // @pulumi/awsx, would have the user's own Pulumi download a plugin.
  // Not set in an .npmrc, where it would also skip this package's own scripts on `npm pack`.
  const npm = ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status, error } = spawnSync("npm", npm, {
    cwd: root,
    stdio: ["ignore", process.stderr, process.stderr],
  });
  if (error !== undefined) {
    console.error(`npm cannot be started: ${error.message}`);
  }
  return status ?? 1;
}
