import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { bundle } from "../tools/package/bundle";
import { writeArchives } from "../tools/package/archives";
import { writeLaunchers } from "../tools/package/launcher";
import { readManifest, ROOT } from "../tools/package/manifest";
import type { Engine } from "../tools/engine";
import { runCommand } from "../tools/engine/command";
import { isolatedEnvironment } from "../tools/isolation";

const PLATFORMS: Partial<Record<string, string>> = { win32: "windows" };
const PROCESSORS: Partial<Record<string, string>> = { x64: "amd64" };

/** A folder in which everything lies that is measured, made from this checkout. */
export interface Setup {
  readonly folder: string;
  readonly engine: Engine;
  /** The variables with which a program runs in it. */
  readonly environment: Record<string, string>;
  readonly version: string;
  /** The compiled programs, and the library that one of them uses. */
  readonly compiled: string;
  /** The name of what the engine starts. */
  readonly pluginName: string;
  /** The plugin's executable as the engine has installed it. */
  readonly plugin: string;
  /** The package's folder as it is built. */
  readonly ownPackage: string;
  /** A package that leaves hosting to the SDK: it exports the class and no more. */
  readonly plainPackage: string;
}

export async function makeSetup(folder: string, engine: Engine): Promise<Setup> {
  const { name, version } = readManifest();
  const environment = {
    ...isolatedEnvironment(folder),
    PATH: [engine.binFolder, process.env.PATH].join(path.delimiter),
    BENCH_PACKAGE_VERSION: version,
  };
  const compiled = path.join(folder, "compiled");
  await symlink(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"), "dir");
  await compile(compiled);
  const ownPackage = await makeOwnPackage(path.join(folder, "own"));
  const archives = path.join(folder, "archives");
  await writeArchives(path.join(ownPackage, "bin", "provider"), archives);

  const pluginName = `pulumi-resource-${name}`;
  const platform = PLATFORMS[process.platform] ?? process.platform;
  const processor = PROCESSORS[process.arch] ?? process.arch;
  const archive = path.join(archives, `${pluginName}-v${version}-${platform}-${processor}.tar.gz`);
  await runCommand(
    engine.command,
    ["plugin", "install", "resource", name, version, "--file", archive],
    { cwd: folder, env: environment },
  );
  return {
    folder,
    engine,
    environment,
    version,
    compiled,
    pluginName,
    plugin: path.join(folder, "home", "plugins", `resource-${name}-v${version}`, pluginName),
    ownPackage,
    plainPackage: await makePlainPackage(path.join(folder, "plain")),
  };
}

/** By the compiler that compiles the published library. */
async function compile(outDir: string): Promise<void> {
  const options = ["--outDir", outDir, "--rootDir", ".", "--noEmit", "false", "--noCheck"];
  const files = ["index.ts", ...["raw", "whole", "component", "remote"].map(programFile)];
  await writeFile(
    `${outDir}.json`,
    JSON.stringify({
      extends: path.join(ROOT, "tsconfig.json"),
      compilerOptions: { typeRoots: [path.join(ROOT, "node_modules", "@types")], types: ["node"] },
      files: files.map((file) => path.join(ROOT, file)),
      include: [],
    }),
  );
  const compiler = path.join("node_modules", "typescript", "bin", "tsc");
  await runCommand(process.execPath, [compiler, "-p", `${outDir}.json`, ...options], { cwd: ROOT });
}

const programFile = (name: string) => `bench/programs/${name}.ts`;

async function makeOwnPackage(folder: string): Promise<string> {
  await mkdir(folder);
  for (const file of ["package.json", "PulumiPlugin.yaml"]) {
    await cp(path.join(ROOT, file), path.join(folder, file));
  }
  await bundle(path.join(folder, "bin", "provider"));
  await writeLaunchers(folder);
  return folder;
}

async function makePlainPackage(folder: string): Promise<string> {
  await mkdir(folder);
  const { name, version } = readManifest();
  const dependencies = { "@pulumi/aws": "*", "@pulumi/pulumi": "*" };
  const manifest = { name, version, main: "index.ts", dependencies };
  await writeFile(path.join(folder, "package.json"), JSON.stringify(manifest));
  await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: PLAIN }));
  for (const source of ["index.ts", "components"]) {
    await cp(path.join(ROOT, source), path.join(folder, source), { recursive: true });
  }
  return folder;
}

const PLAIN = {
  target: "es2022",
  module: "commonjs",
  moduleResolution: "node",
  strict: true,
  esModuleInterop: true,
  skipLibCheck: true,
};
