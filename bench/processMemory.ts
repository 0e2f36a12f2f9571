import { readdir, readFile } from "node:fs/promises";

const INTERVAL = 50;

/**
 * The most memory that the processes with this variable in their environment had while something ran, in MiB: the
 * sum of each one's own peak. Undefined where the system does not tell.
 */
export async function peakMemoryDuring(
  variable: string,
  run: () => Promise<unknown>,
): Promise<number | undefined> {
  if (process.platform !== "linux") {
    await run();
    return undefined;
  }
  const peaks = new Map<string, number>();
  let look = Promise.resolve();
  const timer = setInterval(() => {
    look = look.then(() => notePeaks(variable, peaks));
  }, INTERVAL);
  try {
    await run();
  } finally {
    clearInterval(timer);
    await look.then(() => notePeaks(variable, peaks));
  }
  return [...peaks.values()].reduce((sum, peak) => sum + peak, 0);
}

async function notePeaks(variable: string, peaks: Map<string, number>): Promise<void> {
  const processes = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  await Promise.all(
    processes.map(async (pid) => {
      // A process may end at any time.
      const read = (name: string) => readFile(`/proc/${pid}/${name}`, "utf8").catch(() => "");
      if (!(await read("environ")).split("\0").includes(variable)) return;
      const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(await read("status"))?.[1];
      if (kibibytes !== undefined) peaks.set(pid, Number(kibibytes) / 1024);
    }),
  );
}
