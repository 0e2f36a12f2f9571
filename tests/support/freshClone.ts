import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { ROOT } from "../../tools/package/manifest";
import { cacheFolder } from "../../tools/engine/cache";

/** A fresh clone in a folder of its own, and commands that are run there as from a terminal. */
export class FreshClone {
  /** What all terminals have in their environment, and what commands there added to it. */
  readonly environment: NodeJS.ProcessEnv;
  readonly checkout: string;
  private readonly running = new Set<ChildProcess>();
  private isBuilt = false;

  private constructor(readonly folder: string) {
    this.checkout = path.join(folder, "load-balanced-group");
    this.environment = {
      PATH: process.env.PATH,
      HOME: path.join(folder, "home"),
      TMPDIR: folder,
      // What was downloaded or compiled once need not be again.
      XDG_CACHE_HOME: path.dirname(path.dirname(cacheFolder("engine"))),
      npm_config_cache: process.env.npm_config_cache ?? path.join(homedir(), ".npm"),
      npm_config_userconfig: process.env.npm_config_userconfig ?? path.join(homedir(), ".npmrc"),
    };
  }

  static async open(): Promise<FreshClone> {
    // The space shows where a path is put into a command unquoted.
    const clone = new FreshClone(await mkdtemp(path.join(tmpdir(), "a clone ")));
    for (const folder of [clone.checkout, clone.environment.HOME ?? ""]) await mkdir(folder);
    const copied = "git ls-files -co --exclude-standard -z | tar -c --null -T - | tar -x -C";
    shell(`${copied} "${clone.checkout}"`, ROOT);
    shell("git init -q && git add -A", clone.checkout);
    shell(
      "git -c user.name=x -c user.email=x -c commit.gpgsign=false commit -qm x",
      clone.checkout,
    );
    return clone;
  }

  /** Runs a block of commands to its end, and returns what it printed; it has to succeed. */
  async run(block: string, cwd: string, variables: NodeJS.ProcessEnv = {}): Promise<string> {
    // Each example begins with it, for those who read no other.
    const commands = this.isBuilt ? block.replace(BUILD, "") : block;
    this.isBuilt ||= BUILD.test(block);
    const { child, output } = this.start(commands, cwd, variables);
    await once(child, "close");
    assert.equal(child.exitCode, 0, `${commands}\n${output()}`);
    return output();
  }

  /** Starts what goes on until it is stopped, and resolves when it has said this. */
  async begin(commands: string, cwd: string, said: RegExp, variables: NodeJS.ProcessEnv = {}) {
    const { child, output } = this.start(commands, cwd, variables);
    while (!said.test(output())) {
      assert.equal(child.exitCode, null, `${commands}\n${output()}`);
      await Promise.race([once(child.stdout, "data"), once(child, "close")]);
    }
    const closed = once(child, "close");
    /** As a terminal does at Ctrl-C. */
    const interrupt = async () => {
      signal(child, "SIGINT");
      await closed;
    };
    return { output, interrupt };
  }

  /** What the commands changed or left in the clone, as git shows. */
  changes(): string[] {
    return shell("git status --porcelain", this.checkout).trimEnd().split("\n").filter(Boolean);
  }

  async end(): Promise<void> {
    for (const child of this.running) signal(child, "SIGKILL");
    await rm(this.folder, { recursive: true, force: true });
  }

  private start(commands: string, cwd: string, variables: NodeJS.ProcessEnv) {
    const child = spawn("bash", ["-euo", "pipefail", "-c", commands], {
      cwd,
      env: { ...this.environment, ...variables },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, as a terminal has.
      detached: true,
    });
    this.running.add(child);
    child.once("close", () => this.running.delete(child));
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    return { child, output: () => output };
  }
}

const BUILD = /^npm --prefix \.\.\/\.\. install .*\n/m;

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(-pid, name);
}

function shell(command: string, cwd: string): string {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", command], { cwd, encoding: "utf8" });
  assert.equal(status, 0, `${command}\n${stderr}`);
  return stdout;
}
