import { spawnSync } from "node:child_process";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { chromium, type Browser } from "playwright-core";

/** Its package is installed in a folder of its own, since it is large and only a test needs it. */
const FOLDER = path.join(__dirname, "chromium");
const PACKED = path.join(FOLDER, "node_modules", "@sparticuz", "chromium", "bin", "chromium.br");
const CHECKOUT = path.join(__dirname, "..", "..", "..");
const INSTALL = path.join(CHECKOUT, "tools", "install.mjs");

/** A real browser, and what ends it. */
export interface Chromium {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** The one that the variable CHROMIUM names, or else that of the package, which has one for Linux alone. */
export async function openChromium(): Promise<Chromium | undefined> {
  const { CHROMIUM } = process.env;
  if (CHROMIUM !== undefined) return launch(CHROMIUM);
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const folder = await mkdtemp(path.join(tmpdir(), "alb-emulator-chromium-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    return await launch(await unpack(folder), remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

async function launch(
  executablePath: string,
  cleanUp = () => Promise.resolve(),
): Promise<Chromium> {
  // A sandbox is refused to root, and to everybody in many containers.
  const args = ["--no-sandbox", "--disable-gpu"];
  const browser = await chromium.launch({ executablePath, args });
  return {
    browser,
    close: async () => {
      await browser.close();
      await cleanUp();
    },
  };
}

async function unpack(folder: string): Promise<string> {
  const { status, stderr } = spawnSync(
    process.execPath,
    [INSTALL, path.relative(CHECKOUT, FOLDER)],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`Chromium could not be installed: ${stderr}`);
  const file = path.join(folder, "chromium");
  const output = createWriteStream(file, { mode: 0o700 });
  await pipeline(createReadStream(PACKED), createBrotliDecompress(), output);
  return file;
}
