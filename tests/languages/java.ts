import { readFile } from "node:fs/promises";
import path from "node:path";
import { runCommand } from "../../tools/engine/command";
import { notOnPath } from "../support/example";
import { keptPackages, PROGRAMS, type Language } from "./language";

/** Java by hand: its code generator is a Go module that is not served. */
export const JAVA: Language = {
  name: "Java, written by hand",
  programs: ["tutorial"],
  missing: () => notOnPath("mvn", "javac", "java"),
  async install(terminal) {
    const classes = path.join(terminal.folder, "java");
    const pom = path.join(PROGRAMS, "java", "pom.xml");
    const packages = await keptPackages("Java", await readFile(pom, "utf8"), (folder, signal) => {
      const goal = ["dependency:copy-dependencies", `-DoutputDirectory=${folder}`];
      return runCommand("mvn", ["--quiet", "--batch-mode", "--file", pom, ...goal], { signal });
    });
    const kept = path.join(packages, "*");
    const source = path.join(PROGRAMS, "java", "Program.java");
    await runCommand("javac", ["-d", classes, "-classpath", kept, source]);
    const classpath = [classes, kept].join(path.delimiter);
    return (operation, program) =>
      terminal.run("java", ["-classpath", classpath, "Program", operation, program]);
  },
};
