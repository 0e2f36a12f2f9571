import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { keptFolder } from "../engine/cache";
import { type Manifest, readManifest, ROOT } from "../package/manifest";

/** Versions with which the package is tried together. */
export interface Lane {
  /** The major version of Node.js. */
  readonly node: number;
  /** The oldest SDK and package of AWS that package.json allows, or the newest that Node.js may have. */
  readonly packages: "oldest" | "newest";
}

/** The oldest of everything, and then each Node.js that is in use. */
export const LANES: readonly Lane[] = [
  { node: 20, packages: "oldest" },
  { node: 20, packages: "newest" },
  { node: 22, packages: "newest" },
  { node: 24, packages: "newest" },
];

/** The Node.js of lanes that gets no fixes any more; programs may still run on it. */
export const PAST_THEIR_END: readonly number[] = [20];

/** A lane whose programs and packages are there. */
export interface InstalledLane {
  readonly node: string;
  readonly pulumi: string;
  readonly aws: string;
  /** The folder of `node`. */
  readonly nodeFolder: string;
  /** The folder of the packages. */
  readonly modules: string;
}

export interface TestRun {
  readonly passed: boolean;
  readonly output: string;
}

const PULUMI = "@pulumi/pulumi";
const AWS = "@pulumi/aws";

/** Installs a lane by npm, outside the checkout, where it is kept for later runs. */
export async function installLane({ node, packages }: Lane): Promise<InstalledLane> {
  const nodeFolder = await installNode(node);
  const folder = path.join(keptFolder("versions"), `node-${node}-${packages}`);
  const { peerDependencies = {}, devDependencies, workspaces = [], ...manifest } = readManifest();
  const members = workspaces.map((member) => readManifest(path.join(ROOT, member)));
  const asked = [PULUMI, AWS].map((name) => {
    const range = peerDependencies[name];
    return [name, packages === "oldest" ? range.replace("^", "") : range] as const;
  });
  await writeManifest(folder, {
    ...manifest,
    devDependencies: {
      ...Object.fromEntries(members.flatMap(dependenciesOf)),
      ...devDependencies,
      ...Object.fromEntries(asked),
    },
  });
  // By that Node.js, since npm takes the newest of a range that says to support it, and named, since it
  // leaves alone what was the newest at an earlier run.
  npmInstall(folder, nodeFolder, ...asked.map(([name, range]) => `${name}@${range}`));
  const modules = path.join(folder, "node_modules");
  const versionOf = (name: string) => readManifest(path.join(modules, name)).version;
  const { stdout } = spawnSync(path.join(nodeFolder, "node"), ["-v"], { encoding: "utf8" });
  return {
    node: stdout.trim().slice(1),
    pulumi: versionOf(PULUMI),
    aws: versionOf(AWS),
    nodeFolder,
    modules,
  };
}

function dependenciesOf({ dependencies = {}, devDependencies = {} }: Manifest): [string, string][] {
  return Object.entries({ ...dependencies, ...devDependencies });
}

/** Runs mocha in a copy of the checkout, with a lane's Node.js and packages. */
export async function runTests(
  { nodeFolder, modules }: InstalledLane,
  ...args: string[]
): Promise<TestRun> {
  const copy = await mkdtemp(path.join(tmpdir(), "load-balanced-group-versions-"));
  try {
    const left = ["node_modules", ".git", "bin", "dist"];
    const filter = (file: string) => !left.includes(path.basename(file));
    await cp(ROOT, copy, { recursive: true, filter });
    await symlink(modules, path.join(copy, "node_modules"), "junction");
    const mocha = path.join(modules, "mocha", "bin", "mocha.js");
    const run = spawnSync(path.join(nodeFolder, "node"), [mocha, ...args], {
      cwd: copy,
      env: withNode(nodeFolder),
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    return { passed: run.status === 0, output: run.stdout + run.stderr };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** What mocha printed of the tests that failed. */
export function failuresIn(output: string): string {
  return output.slice(Math.max(0, output.search(/^ +\d+ failing$/m)));
}

/** The newest Node.js of a major version, as its npm package for this platform has it. */
async function installNode(major: number): Promise<string> {
  const system = process.platform === "win32" ? "win" : process.platform;
  const onAppleSilicon = process.platform === "darwin" && process.arch === "arm64";
  const name = `${onAppleSilicon ? "node-bin" : "node"}-${system}-${process.arch}`;
  const folder = path.join(keptFolder("versions"), `node-${major}`);
  await writeManifest(folder, {});
  npmInstall(folder, path.dirname(process.execPath), `${name}@${major}`);
  return path.join(folder, "node_modules", name, "bin");
}

async function writeManifest(folder: string, manifest: object): Promise<void> {
  await mkdir(folder, { recursive: true });
  const text = JSON.stringify({ ...manifest, private: true });
  await writeFile(path.join(folder, "package.json"), text);
}

function npmInstall(folder: string, nodeFolder: string, ...packages: string[]): void {
  const quiet = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status, stderr } = spawnSync("npm", ["install", ...quiet, ...packages], {
    cwd: folder,
    env: withNode(nodeFolder),
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm install ${packages.join(" ")} failed:\n${stderr}`);
}

/** This process's environment, in which `node` is that of the folder. */
function withNode(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, PATH: [folder, process.env.PATH].join(path.delimiter) };
}
