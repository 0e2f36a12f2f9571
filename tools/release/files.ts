import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { runCommand } from "../engine/command";
import { generateCode } from "../languages";
import { writeArchives, writeChecksums } from "../package/archives";
import { PROVIDER_FOLDER } from "../package/bundle";
import { readManifest, ROOT } from "../package/manifest";
import { tar } from "../package/tar";
import { CHANGELOG_FILE, changesOf } from "./changelog";

/** The folder of a release's files. It is not in `bin`, which is part of the npm package. */
export const RELEASE_FOLDER = path.join(ROOT, "dist", "release");
/** The text of the release's page, which is not a file to download. */
export const NOTES = "NOTES.md";

/**
 * Writes all files of the checkout's release into an empty folder: the npm package, the plugin's archives, the
 * generated SDKs, the checksums of all of these, and the release's notes.
 */
export async function writeReleaseFiles(folder = RELEASE_FOLDER): Promise<void> {
  const { version } = readManifest();
  const notes = changesOf(await readFile(CHANGELOG_FILE, "utf8"), version);
  if (notes === undefined) {
    throw new Error(`CHANGELOG.md has no section for ${version}; npm run release writes it`);
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // Builds the package first.
  await runCommand("npm", ["pack", "--pack-destination", folder], { cwd: ROOT });
  await writeArchives(PROVIDER_FOLDER, folder);
  await writeSdks(folder);
  await rm(path.join(folder, "SHA256SUMS"));
  await writeChecksums(folder, (await readdir(folder)).sort());
  await writeFile(path.join(folder, NOTES), `${notes}\n`);
}

/** Writes an archive for each language, which its package manager can install. */
async function writeSdks(folder: string): Promise<void> {
  const { name, version } = readManifest();
  const generated = await mkdtemp(path.join(tmpdir(), "load-balanced-group-sdks-"));
  try {
    await generateCode(generated);
    for (const language of await readdir(generated)) {
      const code = path.join(generated, language);
      const entries = await readdir(code, { recursive: true, withFileTypes: true });
      const files = entries
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(code, path.join(entry.parentPath, entry.name)))
        .sort()
        .map(async (file) => ({
          name: [`${name}-${version}`, ...file.split(path.sep)].join("/"),
          content: await readFile(path.join(code, file)),
        }));
      const archive = gzipSync(tar(await Promise.all(files)));
      await writeFile(path.join(folder, `${name}-sdk-${language}-v${version}.tar.gz`), archive);
    }
  } finally {
    await rm(generated, { recursive: true, force: true });
  }
}
