import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { runCommand } from "../../../tools/engine/command";
import { keptFolder } from "../../../tools/engine/kept";
import { logTo } from "../../../tools/engine/log";
import { makeOnce } from "../../../tools/engine/workshop";
import { copyPrograms, EXAMPLES, type Language } from "./language";

const COMMAND = "python3";
const PROBE = "import pip, sys; assert sys.version_info >= (3, 10); print(sys.version)";

export const PYTHON: Language = {
  name: "Python",
  missing: () => (version() === undefined ? "there is no python3 of 3.10 or newer with pip" : ""),
  async install(terminal) {
    const { folder, code } = await copyPrograms(terminal, "python");
    const kept = await keptPackages(path.join(folder, "requirements.txt"));
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

/** Pulumi's SDK for Python and what it needs, installed once and kept. */
async function keptPackages(requirements: string): Promise<string> {
  const hash = createHash("sha256").update(await readFile(requirements));
  const key = hash
    .update(version() ?? "")
    .digest("hex")
    .slice(0, 12);
  const folder = path.join(keptFolder("python"), key);
  const log = logTo(process.stderr);
  await makeOnce(
    folder,
    () => Promise.resolve(existsSync(path.join(folder, "done"))),
    async ({ result, signal }) => {
      log.line("Installing Pulumi's SDK for Python: about half a minute, and only this once.");
      await install(result, ["--requirement", requirements], {}, signal);
      await writeFile(path.join(result, "done"), "");
    },
    log,
  );
  return folder;
}

async function install(target: string, what: string[], env = {}, signal?: AbortSignal) {
  const options = ["--quiet", "--disable-pip-version-check", "--target", target];
  await runCommand(COMMAND, ["-m", "pip", "install", ...options, ...what], { env, signal });
}
