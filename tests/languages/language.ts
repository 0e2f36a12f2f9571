import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, writeFile } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "../../tools/engine/cache";
import { logTo } from "../../tools/engine/log";
import { buildOnce, type BuildFolders } from "../../tools/engine/buildOnce";
import { generateCode } from "../../tools/languages";
import { ROOT } from "../../tools/package/manifest";
import type { Outcome, Terminal } from "../support/terminal";

/** The programs, each with a stack of its name; the first is the example. */
export const ALL_PROGRAMS = [
  "tutorial",
  "httpsOnly",
  "logs",
  "rules",
  "service",
  "transforms",
  "secret",
  "unknown",
  "wrong",
] as const;
/** The programs of languages in which they have no `transforms`. */
export const WITHOUT_TRANSFORMS = ALL_PROGRAMS.filter((program) => program !== "transforms");
export type Program = (typeof ALL_PROGRAMS)[number];

/** Previews, deploys or destroys a program. */
export type Run = (operation: "preview" | "up" | "destroy", program: Program) => Promise<Outcome>;

/** A language, and how people have the package in it. */
export interface Language {
  readonly name: string;
  /** The programs that are written in it. */
  readonly programs: readonly Program[];
  /** Why its programs can't run here; empty where they can. */
  missing(): string;
  /** Installs the programs and what they need in the terminal's folder. */
  install(terminal: Terminal): Promise<Run>;
}

/** Where an example of the tutorial lies for each language. */
export const EXAMPLES = path.join(ROOT, "examples");

export const PROGRAMS = path.join(__dirname, "programs");

/** Copies the programs of a language, and generates the code that they use. */
export async function copyPrograms(terminal: Terminal, language: "go" | "python" | "nodejs") {
  const folder = path.join(terminal.folder, language);
  await cp(path.join(PROGRAMS, language), folder, { recursive: true });
  const generated = path.join(terminal.folder, "generated");
  await generateCode(generated);
  return { folder, code: path.join(generated, language) };
}

/** A folder of what a registry has, which is filled once and kept; it is known by what `of` says. */
export async function keptPackages(
  language: string,
  of: string,
  fill: (folder: string, signal: AbortSignal) => Promise<unknown>,
): Promise<string> {
  const key = createHash("sha256").update(of).digest("hex").slice(0, 12);
  const folder = path.join(cacheFolder(language.toLowerCase()), key);
  const log = logTo(process.stderr);
  const isComplete = () => Promise.resolve(existsSync(path.join(folder, "done")));
  const make = async ({ result, signal }: BuildFolders) => {
    log.line(`Downloading packages for ${language}: about half a minute, and only this once.`);
    await fill(result, signal);
    await writeFile(path.join(result, "done"), "");
  };
  if (!(await isComplete())) await buildOnce(folder, isComplete, make, log);
  return folder;
}
