import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** A Go module whose tools are compiled. */
export interface GoModule {
  /** Where its go.mod and go.sum lie. */
  folder: string;
  contents: string;
}

/** What is compiled, and which version of the engine that makes. */
export interface EngineModules {
  cli: GoModule;
  modules: readonly GoModule[];
  version: string;
  /** Changes with each change of the version, of any module below it, and of the platform. */
  key: string;
}

const CLI_REQUIREMENT = /^\s*github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/m;

/** Reads the modules that lie in the folder, `cli` and `nodejs`. */
export async function readModules(folder: string): Promise<EngineModules> {
  // Apart, because the Node.js host needs an older SDK than the CLI.
  const cli = await readModule(path.join(folder, "cli"));
  const nodejs = await readModule(path.join(folder, "nodejs"));
  const version = CLI_REQUIREMENT.exec(cli.contents)?.[1];
  if (version === undefined) {
    throw new Error(`${cli.folder}/go.mod requires no github.com/pulumi/pulumi/pkg/v3`);
  }
  const modules = [cli, nodejs];
  return { cli, modules, version, key: keyOf(version, modules) };
}

/** The name of the folder in which is kept what is made of the modules. */
export function keyOf(version: string, modules: readonly GoModule[]): string {
  const hash = createHash("sha256");
  for (const { contents } of modules) {
    hash.update(contents).update("\0");
  }
  const digest = hash.digest("hex").slice(0, 12);
  return `${version}-${process.platform}-${process.arch}-${digest}`;
}

export async function readModule(folder: string): Promise<GoModule> {
  const goMod = await readFile(path.join(folder, "go.mod"), "utf8");
  const goSum = await readFile(path.join(folder, "go.sum"), "utf8");
  return { folder, contents: `${goMod}\0${goSum}` };
}
