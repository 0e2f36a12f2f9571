import { cp } from "node:fs/promises";
import path from "node:path";
import { generateCode } from "../../../tools/languages";
import { ROOT } from "../../../tools/package/manifest";
import type { Outcome, Terminal } from "../terminal";

/** A program that is written in every language; each has a stack of its name, the first is the example. */
export type Program =
  "walkThrough" | "httpsOnly" | "logs" | "rules" | "secret" | "unknown" | "wrong";

/** Previews, deploys or destroys a program. */
export type Run = (operation: "preview" | "up" | "destroy", program: Program) => Promise<Outcome>;

/** A language, and how people have the package in it. */
export interface Language {
  readonly name: string;
  /** Why its programs can't run here; empty where they can. */
  missing(): string;
  /** Installs the programs and what they need in the terminal's folder. */
  install(terminal: Terminal): Promise<Run>;
}

/** Where an example of the walk-through lies for each language. */
export const EXAMPLES = path.join(ROOT, "examples");

const PROGRAMS = path.resolve(__dirname, "../../languages/programs");

/** Copies the programs of a language, and generates the code that they use. */
export async function copyPrograms(terminal: Terminal, language: "go" | "python" | "nodejs") {
  const folder = path.join(terminal.folder, language);
  await cp(path.join(PROGRAMS, language), folder, { recursive: true });
  const generated = path.join(terminal.folder, "generated");
  await generateCode(generated);
  return { folder, code: path.join(generated, language) };
}
