// Runs one of this repository's programs, TypeScript or not, after its dependencies were installed. It
// replaces a shell's `&&`, `exec` and variables, which are not the same on every system.
import Module, { createRequire } from "node:module";
import path from "node:path";
import { install } from "./install.mjs";

const PARENT_CHECK = 500;

const [node, , program, ...args] = process.argv;
process.exitCode = install();
if (process.exitCode === 0) {
  endWithParent();
  createRequire(import.meta.url)("ts-node/register/transpile-only");
  process.argv = [node, path.resolve(program), ...args];
  Module.runMain();
}

/** A signal to npm reaches only the shell between npm and this process, which ends without forwarding it. */
function endWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, PARENT_CHECK);
  timer.unref();
}
