import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ROOT } from "../package/manifest";
import { Compiler } from "./compiler";
import type { Room } from "./rooms";

interface Report {
  readonly files: Readonly<Record<string, FileReport>>;
}

interface FileReport {
  readonly source: string;
  readonly mutants: readonly MutantReport[];
}

interface MutantReport {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** A change of the code that neither a test nor the compiler noticed. */
export interface Survivor {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly replacement: string;
}

export interface Score {
  readonly mutants: number;
  /** Those that a test noticed. */
  readonly noticed: number;
  /** Those that no test noticed, but that do not compile. */
  readonly refused: number;
  /** Texts for people, which are not changed. */
  readonly ignored: number;
  readonly survivors: readonly Survivor[];
}

const NODE_MODULES = path.join(__dirname, "node_modules");
const MODULE = path.join(NODE_MODULES, "@stryker-mutator");
const NOT_COPIED = ["bin", "dist", "examples", "temporal", "tools/mutation", ".emulator", "*.tgz"];

/** Changes the code of a folder, or of some of its files, in all ways that Stryker knows, and runs its tests. */
export async function measure(
  { folder, tests, without }: Room,
  { files, concurrency }: { readonly files: readonly string[]; readonly concurrency: number },
): Promise<Score> {
  const scratch = await mkdtemp(path.join(tmpdir(), "mutation-"));
  try {
    const report = path.join(scratch, "report.json");
    await runStryker(path.join(scratch, "stryker.json"), {
      mutate:
        files.length > 0
          ? files
          : [`${folder}/**/*.ts`, ...without.map((other) => `!${other}/**/*.ts`)],
      testRunner: "mocha",
      plugins: [
        path.join(MODULE, "mocha-runner/dist/src/index.js"),
        path.join(__dirname, "messageTexts.mjs"),
      ],
      ignorers: ["messageTexts"],
      coverageAnalysis: "perTest",
      mochaOptions: {
        config: ".mocharc.json",
        require: ["ts-node/register/transpile-only", path.join(__dirname, "timeLimit.cjs")],
        spec: tests,
      },
      ignorePatterns: NOT_COPIED,
      tempDirName: path.join(scratch, "copy"),
      reporters: ["json", "progress-append-only"],
      jsonReporter: { fileName: report },
      concurrency,
      timeoutMS: 8000,
      allowConsoleColors: false,
    });
    const written: unknown = JSON.parse(await readFile(report, "utf8"));
    if (!isReport(written)) throw new Error("Stryker's report has no files");
    return scoreOf(written);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function runStryker(file: string, options: object): Promise<void> {
  await writeFile(file, JSON.stringify(options));
  const program = path.join(MODULE, "core/bin/stryker.js");
  const stryker = spawn(process.execPath, [program, "run", file], {
    cwd: ROOT,
    stdio: ["ignore", process.stderr, process.stderr],
  });
  await once(stryker, "exit");
  const { exitCode, signalCode } = stryker;
  if (exitCode !== 0) throw new Error(`Stryker ended with ${exitCode ?? signalCode}`);
}

function isReport(value: unknown): value is Report {
  return typeof value === "object" && value !== null && "files" in value;
}

function scoreOf({ files }: Report): Score {
  const all = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({ file, source, mutant })),
  );
  const ofStatus = (...statuses: string[]) =>
    all.filter(({ mutant }) => statuses.includes(mutant.status));
  const noticed = ofStatus("Killed", "Timeout").length;
  const unnoticed = ofStatus("Survived", "NoCoverage");
  const compiler = new Compiler(Object.keys(files));
  const survivors = unnoticed.filter(({ file, source, mutant }) =>
    compiler.accepts(file, changedBy(mutant, source)),
  );
  return {
    mutants: noticed + unnoticed.length,
    noticed,
    refused: unnoticed.length - survivors.length,
    ignored: ofStatus("Ignored").length,
    survivors: survivors.map(({ file, source, mutant }) => ({
      file,
      line: mutant.location.start.line,
      code: oneLine(source.slice(...rangeOf(mutant, source))),
      replacement: oneLine(mutant.replacement ?? ""),
    })),
  };
}

function changedBy(mutant: MutantReport, source: string): string {
  const [start, end] = rangeOf(mutant, source);
  return source.slice(0, start) + (mutant.replacement ?? "") + source.slice(end);
}

function rangeOf({ location }: MutantReport, source: string): [start: number, end: number] {
  const lines = source.split("\n");
  const offsetOf = ({ line, column }: Position) =>
    lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0) + column - 1;
  return [offsetOf(location.start), offsetOf(location.end)];
}

function oneLine(code: string): string {
  return code.replace(/\s+/g, " ").trim();
}
