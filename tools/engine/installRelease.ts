import path from "node:path";
import { runCommand } from "./command";
import type { Log } from "./log";
import type { BuildFolders } from "./buildOnce";

const INSTALLER = "https://get.pulumi.com/install.sh";
const REACH_LIMIT = 15_000;
const INSTALL_LIMIT = 600_000;

// Runs in its own process, because the SDK's installer has no time limit and can't be stopped.
const PROGRAM = `
const { PulumiCommand } = require("@pulumi/pulumi/automation");
const { SemVer } = require(require.resolve("semver", { paths: [require.resolve("@pulumi/pulumi")] }));
const [version, root] = process.argv.slice(1);
PulumiCommand.install({ version: new SemVer(version), root }).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
`;

/** Installs the official release with the SDK's own installer. */
export async function installRelease(
  version: string,
  { result, temporary, signal }: BuildFolders,
  log: Log,
): Promise<void> {
  await reachSite(signal);
  log.line(`Installing the Pulumi engine ${version}; this is done once.`);
  await runCommand(process.execPath, ["-e", PROGRAM, version, result], {
    cwd: path.join(__dirname, "..", ".."),
    env: { TMPDIR: temporary },
    signal,
    timeLimit: INSTALL_LIMIT,
  });
}

/** Fails early if the site can't be reached, because the installer would wait for two minutes. */
async function reachSite(signal: AbortSignal): Promise<void> {
  try {
    await fetch(INSTALLER, {
      method: "HEAD",
      signal: AbortSignal.any([signal, AbortSignal.timeout(REACH_LIMIT)]),
    });
  } catch {
    signal.throwIfAborted();
    throw new Error("the vendor's download site cannot be reached");
  }
}
