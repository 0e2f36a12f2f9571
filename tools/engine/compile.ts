import path from "node:path";
import { CommandFailed, runCommand } from "./command";
import type { Log } from "./log";
import { goOf, type EngineModules, type GoModule } from "./modules";
import { isAtLeast } from "./version";
import type { BuildFolders } from "./buildOnce";

const FLAGS = ["-mod=readonly", "-trimpath"];
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** A module, and the flags of the linker for its tools. */
interface Source {
  module: GoModule;
  stamp?: string;
}

/** Compiles the command line and the language hosts from the Go modules of this repository. */
export async function compileEngine(
  { cli, modules, version }: EngineModules,
  folders: BuildFolders,
  log: Log,
): Promise<void> {
  const stamp = `-X ${VERSION_VARIABLE}=${version}`;
  const sources = modules.map((module) => (module === cli ? { module, stamp } : { module }));
  await compile(sources, `the Pulumi engine ${version}`, "five minutes", folders, log);
}

/** Compiles the tools of Go modules. */
export async function compile(
  sources: readonly Source[],
  title: string,
  duration: string,
  folders: BuildFolders,
  log: Log,
): Promise<void> {
  const go = await checkGo(sources[0].module, folders.signal);
  log.line(`Compiling ${title} with Go ${go}: about ${duration}, and only this once.`);
  // Download all modules before compiling the first, so that a failed download shows early.
  const waiting = new Set<string>();
  let downloads = 0;
  for (const { module } of sources) {
    const stale = await listStale(module, folders, () => {
      downloads += 1;
      log.status(`${downloads} modules downloaded`);
    });
    stale.forEach((name) => waiting.add(name));
  }
  const total = waiting.size;
  const count = (name: string) => {
    if (waiting.delete(name)) {
      const linking = waiting.size === 0 ? ", linking" : "";
      log.status(`${total - waiting.size} of ${total} packages compiled${linking}`);
    }
  };
  for (const source of sources) {
    await build(source, folders, count);
  }
}

/** The version of Go that compiles the module. Go may download a newer one than the installed one. */
export async function checkGo(module: GoModule, signal: AbortSignal): Promise<string> {
  const minimum = goOf(module);
  let answer: string;
  try {
    answer = await runCommand("go", ["env", "GOVERSION"], { cwd: module.folder, signal });
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof CommandFailed ? error.details.at(-1) : undefined;
    throw new Error(`Go ${minimum} or newer is not installed${cause ? ` (${cause})` : ""}`, {
      cause: error,
    });
  }
  const version = answer
    .trim()
    .replace(/^go(\d+\.\d+)(?=$|rc|beta)/, "$1.0")
    .replace(/^go/, "");
  if (!isAtLeast(version, minimum)) {
    throw new Error(`Go ${minimum} or newer is needed, this is ${version}`);
  }
  return version;
}

/** The packages that are not in Go's build cache yet. Listing them downloads their modules. */
async function listStale(
  module: GoModule,
  folders: BuildFolders,
  onDownload: () => void,
): Promise<string[]> {
  const stale = "{{if .Stale}}{{.ImportPath}}{{end}}";
  const args = ["list", ...FLAGS, "-deps", "-f", stale, "tool"];
  const listing = await runGo(module, args, folders, (line) => {
    if (line.startsWith("go: downloading")) {
      onDownload();
    }
  });
  return listing.split("\n").filter((line) => line !== "");
}

async function build(
  { module, stamp = "" }: Source,
  folders: BuildFolders,
  onLine: (line: string) => void,
): Promise<void> {
  const output = path.join(folders.result, "bin") + path.sep;
  const args = ["build", "-v", ...FLAGS, "-ldflags", `-s -w ${stamp}`, "-o", output, "tool"];
  await runGo(module, args, folders, onLine);
}

function runGo(
  { folder }: GoModule,
  args: readonly string[],
  { temporary, signal }: BuildFolders,
  onErrorLine: (line: string) => void,
): Promise<string> {
  return runCommand("go", args, {
    cwd: folder,
    env: {
      CGO_ENABLED: "0",
      // A workspace around the checkout would change which versions are compiled.
      GOWORK: "off",
      TMPDIR: temporary,
    },
    signal,
    onErrorLine,
  });
}
