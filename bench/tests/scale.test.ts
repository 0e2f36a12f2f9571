import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { peakMemoryDuring } from "../processMemory";
import { type Needs, scalePage, type ScaleReport } from "../scale";

const needs = (seconds: number, memory: number | undefined): Needs => ({
  preview: seconds * 1000,
  update: 2 * seconds * 1000,
  memory,
  state: seconds * 2048,
});

const REPORT: ScaleReport = {
  machine: { cores: 2, processor: "fast", engine: "3.1.4" },
  date: "2026-01-02",
  rounds: 3,
  variants: { raw: "by hand", component: "component" },
  growths: [
    {
      of: "groups",
      points: [
        { count: 1, needs: { raw: needs(2, 100), component: needs(3, undefined) } },
        { count: 10, needs: { raw: needs(4, 150), component: needs(6, undefined) } },
      ],
    },
  ],
};

/** The cells of a page's tables, one row a line. */
async function rows(): Promise<string[]> {
  const page = await scalePage(REPORT);
  return page
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.replace(/ +/g, " "));
}

describe("the page about scale", () => {
  it("has what each way needs, and its multiple of the first", async () => {
    const all = await rows();
    assert.ok(all.includes("| 10 | by hand | 4.0 s | 8.0 s | 150 MiB | 8 KiB |"), all.join("\n"));
    assert.ok(
      all.includes("| 10 | component | 6.0 s (1.50) | 12.0 s (1.50) | not known | 12 KiB (1.50) |"),
      all.join("\n"),
    );
  });

  it("has the growth of each way", async () => {
    assert.ok((await rows()).includes("| 1 to 10 | by hand | 2.0 | 2.0 | 1.5 | 2.0 |"));
  });

  it("says how it is written", async () => {
    assert.match(await scalePage(REPORT), /`npm run bench -- --scale` on 2026-01-02/);
  });
});

describe("the memory of marked processes", () => {
  it("is the sum of their peaks, without other processes", async function () {
    if (process.platform !== "linux") this.skip();
    const program = "globalThis.kept = Buffer.alloc(100 * 2 ** 20, 1); console.log('ready')";
    const start = (env: Record<string, string>) =>
      spawn(process.execPath, ["-e", `${program}; process.stdin.resume()`], {
        env: { ...process.env, ...env },
        stdio: ["pipe", "pipe", "inherit"],
      });
    const children = [start({ MARK: "one" }), start({ MARK: "one" }), start({ MARK: "other" })];
    try {
      const memory = await peakMemoryDuring("MARK=one", () =>
        Promise.all(children.map(({ stdout }) => once(stdout, "data"))),
      );
      assert.ok(memory !== undefined && memory > 200 && memory < 400, String(memory));
    } finally {
      for (const child of children) child.kill();
    }
  });
});
