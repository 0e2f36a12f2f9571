import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import Module from "node:module";
import path from "node:path";
import { Script } from "node:vm";

/** What tells this build of provider.js from others, put in when it is bundled. */
declare const BUILD: string;

/*
 * Runs provider.js, which lies beside this file, with what Node.js compiled of it at an earlier start:
 * that saves a quarter of the time until the port is open, and a fifth of the first group's. What was
 * compiled by then is kept beside it, so that nobody may write it who could not write the code itself.
 */
const file = path.join(__dirname, "provider.js");
const kept = path.join(__dirname, `compiled-${BUILD}`);

const cachedData = read(kept);
const source = readFileSync(file, "utf8");
// Node.js takes nothing that was compiled by another version, or with other flags.
const script = new Script(Module.wrap(source), { filename: file, cachedData });
const run: unknown = script.runInThisContext();
const main: { exports: { warm?: Promise<void> } } = { exports: {} };
if (typeof run === "function") {
  const parts = [main.exports, Module.createRequire(file), main, file, __dirname];
  Reflect.apply(run, undefined, parts);
}
if (cachedData === undefined || script.cachedDataRejected === true) {
  void main.exports.warm?.then(() => {
    // The answer goes out first.
    setImmediate(() => {
      keep(script.createCachedData());
    });
  });
}

function read(name: string): Buffer | undefined {
  try {
    return readFileSync(name);
  } catch {
    return undefined;
  }
}

/** Another provider may be reading it, or start and keep the same. */
function keep(compiled: Buffer): void {
  const whole = `${kept}-${process.pid}`;
  try {
    writeFileSync(whole, compiled);
    renameSync(whole, kept);
  } catch {
    // It may lie where nobody may write; then each start compiles.
    rmSync(whole, { force: true });
  }
}
