import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "../tools/package/manifest";
import type { Setup } from "./setup";

/** One of the ways in which the same resources are made. */
export interface Variant {
  readonly key: string;
  readonly label: string;
  /** The compiled program, by its name in programs/. */
  readonly program: string;
  /** The folder from which the program has the package, where it is not an installed plugin. */
  readonly package?: (setup: Setup) => string;
  /** What the engine starts for it. */
  readonly provider?: (setup: Setup) => Command;
  /** Whether the provider is started for the engine: this one's language host can't do so itself. */
  readonly attached?: boolean;
}

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  /** Where it is started; in the program's folder if nowhere else. */
  readonly cwd?: string;
}

const executable = (command: string): Command => ({ command, args: [] });

/** What the language host runs for a package that is a folder with no executable. */
const runPlugin = (folder: string): Command => ({
  command: process.execPath,
  args: [path.join(ROOT, "node_modules/@pulumi/pulumi/cmd/run-plugin"), folder],
});

export const RAW: Variant = { key: "raw", label: "raw resources, compiled", program: "raw" };
export const WHOLE: Variant = {
  key: "whole",
  label: "raw, all of @pulumi/aws imported",
  program: "whole",
};
export const COMPONENT: Variant = {
  key: "component",
  label: "component in the program",
  program: "component",
};
/** From the plugin archive, which the engine has installed and starts. */
export const ARCHIVE: Variant = {
  key: "archive",
  label: "package, from its archive",
  program: "remote",
  provider: ({ plugin }) => executable(plugin),
};
export const FOLDER: Variant = {
  key: "folder",
  label: "package, from a folder or git",
  program: "remote",
  package: ({ ownPackage }) => ownPackage,
  provider: ({ ownPackage, pluginName }) => executable(path.join(ownPackage, pluginName)),
};
export const DEFAULT_HOSTING: Variant = {
  key: "default",
  label: "the SDK's default hosting",
  program: "remote",
  // Its TypeScript is compiled by the settings that lie where it is started.
  provider: ({ plainPackage }) => ({ ...runPlugin(plainPackage), cwd: plainPackage }),
  attached: true,
};

/** A provider that has printed its port. */
export interface RunningProvider {
  readonly port: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a provider in the program's folder, as the engine does. */
export async function startProvider(
  { command, args, cwd }: Command,
  folder: string,
  environment: Record<string, string>,
): Promise<RunningProvider> {
  const env = { ...process.env, ...environment };
  const child = spawn(command, args, {
    cwd: cwd ?? folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const errors: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  const exit = once(child, "close");
  const lines = once(createInterface(child.stdout), "line");
  const printed = lines.then(([line]: unknown[]) => String(line));
  const ended = exit.then(() => {
    throw new Error(`the provider ended before it had a port:\n${errors.join("")}`);
  });
  const port = await Promise.race([printed, ended]);
  ended.catch(() => undefined);
  return { port, pid: pidOf(child), stop: () => stop(child, exit) };
}

async function stop(child: ChildProcess, exit: Promise<unknown>): Promise<void> {
  child.kill("SIGKILL");
  await exit;
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error("the provider did not start");
  return pid;
}
