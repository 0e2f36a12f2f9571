import { spawnSync } from "node:child_process";
import { cp, readFile } from "node:fs/promises";
import path from "node:path";
import { runCommand } from "../../tools/engine/command";
import { notOnPath } from "../support/example";
import { ALL_PROGRAMS, copyPrograms, EXAMPLES, keptPackages, type Language } from "./language";

const COMMAND = "python3";
const PROBE = "import pip, sys; assert sys.version_info >= (3, 10); print(sys.version)";

export const PYTHON: Language = {
  name: "Python",
  programs: ALL_PROGRAMS,
  missing: () =>
    version() === undefined ? "there is no python3 of 3.10 or newer with pip" : notOnPath("go"),
  async install(terminal) {
    const { folder, code } = await copyPrograms(terminal, "python");
    const requirements = path.join(folder, "requirements.txt");
    const wanted = (await readFile(requirements, "utf8")) + (version() ?? "");
    const kept = await keptPackages("Python", wanted, (target, signal) =>
      install(target, ["--requirement", requirements], {}, signal),
    );
    const own = path.join(folder, "site");
    await install(own, ["--no-deps", "--no-build-isolation", code], { PYTHONPATH: kept });
    await cp(path.join(EXAMPLES, "python", "__main__.py"), path.join(folder, "example.py"));
    const variables = { PYTHONPATH: [own, kept].join(path.delimiter) };
    const file = path.join(folder, "program.py");
    return (operation, program) => terminal.run(COMMAND, [file, operation, program], variables);
  },
};

/** What the Python that is there says of itself. */
function version(): string | undefined {
  const { status, stdout } = spawnSync(COMMAND, ["-c", PROBE], { encoding: "utf8" });
  return status === 0 ? stdout : undefined;
}

async function install(target: string, what: string[], env = {}, signal?: AbortSignal) {
  const options = ["--quiet", "--disable-pip-version-check", "--target", target];
  await runCommand(COMMAND, ["-m", "pip", "install", ...options, ...what], { env, signal });
}
