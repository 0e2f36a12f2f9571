import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { ROOT } from "../package/manifest";

/** Tells which texts of a file the compiler accepts. */
export class Compiler {
  private readonly changed = new Map<string, { readonly text: string; readonly version: number }>();
  private readonly service: ts.LanguageService;
  private version = 0;

  /** `files` are those whose texts are asked about. */
  constructor(files: readonly string[]) {
    const fileNames = files.map((file) => path.join(ROOT, file));
    const { options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(path.join(ROOT, "tsconfig.json"), (file) => readFileSync(file, "utf8"))
        .config,
      ts.sys,
      ROOT,
      // A name that is no longer used is no mistake.
      { noUnusedLocals: false, noUnusedParameters: false },
    );
    this.service = ts.createLanguageService({
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
      fileExists: (file) => ts.sys.fileExists(file),
      readFile: (file) => ts.sys.readFile(file),
      directoryExists: (folder) => ts.sys.directoryExists(folder),
      getDirectories: (folder) => ts.sys.getDirectories(folder),
      getCompilationSettings: () => options,
      getScriptFileNames: () => fileNames,
      getCurrentDirectory: () => ROOT,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      getScriptVersion: (file) => String(this.changed.get(file)?.version ?? 0),
      getScriptSnapshot: (file) => {
        const text = this.changed.get(file)?.text ?? ts.sys.readFile(file);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
    });
  }

  /** Whether the file would compile with this text. Others that import it are not compiled. */
  accepts(file: string, text: string): boolean {
    const name = path.join(ROOT, file);
    this.changed.set(name, { text, version: ++this.version });
    const found = [
      ...this.service.getSyntacticDiagnostics(name),
      ...this.service.getSemanticDiagnostics(name),
    ];
    this.changed.delete(name);
    return found.length === 0;
  }
}
