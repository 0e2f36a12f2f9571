import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { cacheFolder } from "../engine/cache";
import { type Manifest, readManifest, ROOT } from "../package/manifest";

/** A lane: versions that are tested together. */
export interface Lane {
  /** The major version of Node.js. */
  readonly node: number;
  /** The oldest SDK and AWS package that package.json allows, or the newest for this Node.js. */
  readonly packages: "oldest" | "newest";
}

/** The oldest versions of everything, and then each Node.js that is in use. */
export const LANES: readonly Lane[] = [
  { node: 20, packages: "oldest" },
  { node: 20, packages: "newest" },
  { node: 22, packages: "newest" },
  { node: 24, packages: "newest" },
];

/** The Node.js version in the lanes that gets no fixes any more, but may still be in use. */
export const PAST_THEIR_END: readonly number[] = [20];

/** A lane with Node.js and the packages installed. */
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

/** Installs a lane with npm outside the checkout, where later runs find it. */
export async function installLane({ node, packages }: Lane): Promise<InstalledLane> {
  const nodeFolder = await installNode(node);
  const folder = path.join(cacheFolder("versions"), `node-${node}-${packages}`);
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
  // With the lane's Node.js, because npm chooses the newest versions that support it; and with the packages' names,
  // because npm would keep those of an earlier run otherwise.
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

/** Mocha's output about the tests that failed. */
export function failuresIn(output: string): string {
  return output.slice(Math.max(0, output.search(/^ +\d+ failing$/m)));
}

/** The newest Node.js of a major version, from its npm package for this platform. */
async function installNode(major: number): Promise<string> {
  const system = process.platform === "win32" ? "win" : process.platform;
  const onAppleSilicon = process.platform === "darwin" && process.arch === "arm64";
  const name = `${onAppleSilicon ? "node-bin" : "node"}-${system}-${process.arch}`;
  const folder = path.join(cacheFolder("versions"), `node-${major}`);
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

/** This process's environment, with the folder of `node` first on PATH. */
function withNode(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, PATH: [folder, process.env.PATH].join(path.delimiter) };
}
