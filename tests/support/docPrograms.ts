import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { compileFunction } from "node:vm";
import type * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as typescript from "typescript";

const CHECKOUT = path.resolve(__dirname, "../..");

/** The TypeScript programs in one section of a guide, in their order. */
export function programsIn(guide: string, heading: string): string[] {
  const text = readFileSync(path.join(CHECKOUT, "docs", guide), "utf8");
  const section = text.split(/^## /m).find((one) => one.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, program]) => program);
}

/** A program's text as a function; `packages` are those that can't be found as the program would. */
export function programOf(text: string, packages: Readonly<Record<string, unknown>>): PulumiFn {
  const { outputText } = typescript.transpileModule(text, {
    compilerOptions: {
      module: typescript.ModuleKind.CommonJS,
      target: typescript.ScriptTarget.ES2022,
    },
  });
  const found = createRequire(__filename);
  const load = (name: string): unknown =>
    Object.hasOwn(packages, name) ? packages[name] : found(name);
  const run = compileFunction(outputText, ["require", "exports"]) as (...given: unknown[]) => void;
  return () => {
    // The engine takes what a program exports for its outputs.
    const exported: Record<string, pulumi.Output<unknown>> = {};
    run(load, exported);
    return Promise.resolve(exported);
  };
}

/** What the compiler says of programs, which find the library as if it were installed. */
export function compilerComplaints(programs: readonly string[]): string[] {
  const options: typescript.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    noUnusedLocals: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    // Where a program may wait outside of functions.
    module: typescript.ModuleKind.ESNext,
    moduleResolution: typescript.ModuleResolutionKind.Node10,
    target: typescript.ScriptTarget.ES2022,
    types: ["node"],
    paths: {
      "load-balanced-group": [path.join(CHECKOUT, "index.ts")],
      "load-balanced-group/automation": [path.join(CHECKOUT, "automation", "index.ts")],
    },
  };
  const files = new Map(
    programs.map((text, index) => [path.join(CHECKOUT, `guide-${index}.ts`), text]),
  );
  const host = typescript.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.readFile = (file) => files.get(path.normalize(file)) ?? readFile(file);
  host.fileExists = (file) => files.has(path.normalize(file)) || fileExists(file);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) => {
    const text = files.get(path.normalize(file));
    return text === undefined
      ? getSourceFile(file, ...rest)
      : typescript.createSourceFile(file, text, typescript.ScriptTarget.ES2022);
  };
  const compiled = typescript.createProgram([...files.keys()], options, host);
  return typescript
    .getPreEmitDiagnostics(compiled)
    .map(({ messageText }) => typescript.flattenDiagnosticMessageText(messageText, "\n"));
}
