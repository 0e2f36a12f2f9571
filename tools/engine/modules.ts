import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** A Go module whose tools are compiled. */
export interface GoModule {
  /** The folder of its go.mod and go.sum. */
  folder: string;
  contents: string;
}

/** The modules that are compiled, and the version of the engine that they give. */
export interface EngineModules {
  cli: GoModule;
  modules: readonly GoModule[];
  version: string;
  /** Changes with each change of the version, of any module below it, and of the platform. */
  key: string;
}

const CLI = "github.com/pulumi/pulumi/pkg/v3";
const GO_REQUIREMENT = /^go (\S+)$/m;

/** The modules of the engine that is compiled by default. */
export async function readNewest(folder: string): Promise<EngineModules> {
  // Each language host is a separate process, and needs an older SDK than the command line.
  return readModules(folder, "cli", "yaml", "nodejs");
}

/** The modules of the oldest engine that is supported, whose command line and YAML host are one. */
export async function readOldest(folder: string): Promise<EngineModules> {
  return readModules(folder, "oldest", "nodejs");
}

async function readModules(folder: string, ...names: string[]): Promise<EngineModules> {
  const modules = await Promise.all(names.map((name) => readModule(path.join(folder, name))));
  const [cli] = modules;
  const version = requiredVersion(cli, CLI);
  return { cli, modules, version, key: keyOf(version, modules) };
}

/** The name of the cache folder for what is compiled from the modules. */
export function keyOf(version: string, modules: readonly GoModule[]): string {
  const hash = createHash("sha256");
  for (const { contents } of modules) {
    hash.update(contents).update("\0");
  }
  const digest = hash.digest("hex").slice(0, 12);
  return `${version}-${process.platform}-${process.arch}-${digest}`;
}

/** Reads a module: its folder, and its source files that are compiled. */
export async function readModule(folder: string, ...sources: string[]): Promise<GoModule> {
  const files = ["go.mod", "go.sum", ...sources].map((name) => path.join(folder, name));
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return { folder, contents: texts.join("\0") };
}

/** The version of another module that a module requires. */
export function requiredVersion({ folder, contents }: GoModule, dependency: string): string {
  const words = contents.split("\n").map((line) =>
    line
      .trim()
      .replace(/^require /, "")
      .split(" "),
  );
  const version = words.find(([name]) => name === dependency)?.[1];
  if (version === undefined) throw new Error(`${folder}/go.mod requires no ${dependency}`);
  return version.replace(/^v/, "");
}

/** The oldest version of Go that compiles the module. */
export function goOf({ folder, contents }: GoModule): string {
  const version = GO_REQUIREMENT.exec(contents)?.[1];
  if (version === undefined) throw new Error(`${folder}/go.mod names no version of Go`);
  return version;
}
