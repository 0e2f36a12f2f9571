import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { runCommand } from "../../tools/engine/command";
import { notOnPath } from "../support/example";
import { WITHOUT_TRANSFORMS, copyPrograms, EXAMPLES, type Language } from "./language";

export const GO: Language = {
  name: "Go",
  programs: WITHOUT_TRANSFORMS,
  missing: () => notOnPath("go"),
  async install(terminal) {
    const { folder, code } = await copyPrograms(terminal, "go");
    await rename(code, path.join(folder, "sdk"));
    const example = await readFile(path.join(EXAMPLES, "go", "main.go"), "utf8");
    await writeFile(path.join(folder, "example.go"), inlined(example));
    const binary = path.join(folder, "program");
    const env = { GOWORK: "off", GOFLAGS: "-mod=readonly" };
    await runCommand("go", ["build", "-o", binary, "."], { cwd: folder, env });
    return (operation, program) => terminal.run(binary, [operation, program]);
  },
};

/** The example as a function of another program, which says what to do with what it would run. */
function inlined(example: string): string {
  return example
    .replace("func main() {", "func example(run func(pulumi.RunFunc, ...pulumi.RunOption)) {")
    .replace("pulumi.Run(", "run(");
}
