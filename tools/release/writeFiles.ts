import { readManifest } from "../package/manifest";
import { RELEASE_FOLDER, writeReleaseFiles } from "./files";

/** `npm run release:files`: writes the files of the release in the checkout. A tag must be that of its version. */
async function main(tag?: string): Promise<void> {
  const { version } = readManifest();
  if (tag !== undefined && tag !== `v${version}`) {
    throw new Error(`the tag is ${tag}, but the version in package.json is ${version}`);
  }
  await writeReleaseFiles();
  console.log(`The files of ${version} lie in ${RELEASE_FOLDER}.`);
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
