import { readFile } from "node:fs/promises";
import path from "node:path";
import { build, stop } from "esbuild";

/** A file of the page. */
export interface Asset {
  readonly type: string;
  readonly content: string;
}

const FOLDER = path.join(__dirname, "browser");

/** The files of the page by their paths: what it imports is bundled, so it loads nothing from elsewhere. */
export async function assets(): Promise<ReadonlyMap<string, Asset>> {
  const { outputFiles } = await build({
    entryPoints: [path.join(FOLDER, "main.ts")],
    outdir: FOLDER,
    bundle: true,
    write: false,
    minify: true,
    target: "es2022",
    format: "esm",
    logLevel: "silent",
  });
  // Its process would live as long as this one.
  await stop();
  const built = (extension: string) =>
    outputFiles.find((file) => file.path.endsWith(extension))?.text ?? "";
  const html = await readFile(path.join(FOLDER, "index.html"), "utf8");
  const icon = await readFile(path.join(FOLDER, "icon.svg"), "utf8");
  return new Map([
    ["/", { type: "text/html; charset=utf-8", content: html }],
    ["/page.js", { type: "text/javascript; charset=utf-8", content: built(".js") }],
    ["/page.css", { type: "text/css; charset=utf-8", content: built(".css") }],
    ["/icon.svg", { type: "image/svg+xml", content: icon }],
  ]);
}
