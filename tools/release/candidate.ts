import { readFile } from "node:fs/promises";
import path from "node:path";
import { type Manifest, readManifest, ROOT } from "../package/manifest";
import { SCHEMA_FILE } from "../package/schemaFile";
import { CHANGELOG_FILE } from "./changelog";
import { git } from "./git";

/** What is checked before a release. */
export interface Candidate {
  readonly branch: string;
  /** The files that differ from the last commit. */
  readonly changedFiles: readonly string[];
  readonly tags: readonly string[];
  readonly manifest: Manifest;
  /** The package's version in each of these files. */
  readonly versions: Readonly<Record<string, unknown>>;
  /** The repository in schema.json. */
  readonly schemaRepository: unknown;
  readonly changelog: string;
}

const SCHEMA = "schema.json";
const LOCK = "package-lock.json";
const FLEETS_LOCK = "temporal/package-lock.json";

export async function readCandidate(): Promise<Candidate> {
  const changed = await git("status", "--porcelain", "--untracked-files=all");
  const tags = await git("tag", "--list", "v*");
  const schema = await readJson(SCHEMA_FILE);
  const lock = await readJson(path.join(ROOT, LOCK));
  const fleetsLock = await readJson(path.join(ROOT, FLEETS_LOCK));
  return {
    branch: await git("branch", "--show-current"),
    changedFiles: changed.split("\n").flatMap((line) => line.slice(3) || []),
    tags: tags.split("\n"),
    manifest: readManifest(),
    versions: {
      [SCHEMA]: schema.version,
      [LOCK]: lock.version,
      [FLEETS_LOCK]: versionAbove(fleetsLock.packages),
    },
    schemaRepository: schema.repository,
    changelog: await readFile(CHANGELOG_FILE, "utf8"),
  };
}

/** The version of the package in a member's lock file. */
function versionAbove(packages: unknown): unknown {
  return isRecord(packages) && isRecord(packages[".."]) ? packages[".."].version : undefined;
}

async function readJson(file: string): Promise<Record<string, unknown>> {
  const value: unknown = JSON.parse(await readFile(file, "utf8"));
  if (!isRecord(value)) throw new Error(`${file} has no object`);
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
