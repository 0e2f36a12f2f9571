import { isAtLeast } from "../engine/version";
import { gitHubRepository, type Manifest } from "../package/manifest";
import type { Candidate } from "./candidate";
import { changesOf } from "./changelog";

/** The reasons why there can be no release, each with its remedy; empty if there can be one. */
export function problemsOf(candidate: Candidate): string[] {
  return [
    ...inGit(candidate),
    ...inAddresses(candidate.manifest),
    ...inVersion(candidate),
    ...inGeneratedFiles(candidate),
    ...inChangelog(candidate),
  ];
}

function inGit({ branch, changedFiles }: Candidate): string[] {
  const [first, ...others] = changedFiles;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return [
    ...(branch === "main" ? [] : [`the branch is "${branch}"; releases are made on main`]),
    ...(changedFiles.length === 0
      ? []
      : [`${first}${more} changed since the last commit; commit or undo that`]),
  ];
}

/** The edit for each address that package.json needs before the first release. */
const ADDRESSES: Readonly<Record<string, string>> = {
  repository: "repository.type=git repository.url=git+https://github.com/OWNER/NAME.git",
  homepage: "homepage=https://github.com/OWNER/NAME#readme",
  bugs: "bugs.url=https://github.com/OWNER/NAME/issues",
};

function inAddresses(manifest: Manifest): string[] {
  return Object.entries(ADDRESSES)
    .filter(([name]) => !Object.hasOwn(manifest, name))
    .map(([name, edit]) => `package.json has no "${name}"; set it: npm pkg set ${edit}`);
}

function inVersion({ manifest: { version }, tags }: Candidate): string[] {
  if (!VERSION.test(version)) {
    return [`the version in package.json is "${version}"; it must have the form 1.2.3`];
  }
  const released = tags.filter((tag) => VERSION.test(tag.slice(1))).map((tag) => tag.slice(1));
  const newer = released.find((release) => isAtLeast(release, version));
  if (newer === undefined) return [];
  return [
    `the version in package.json is ${version}, but ${newer} is released; raise it: npm version --no-git-tag-version minor`,
  ];
}

const VERSION = /^\d+\.\d+\.\d+$/;

function inGeneratedFiles({ manifest, versions, schemaRepository }: Candidate): string[] {
  const repository = gitHubRepository(manifest);
  const address = repository && `https://github.com/${repository}`;
  const differing = Object.entries(versions).filter(([, version]) => version !== manifest.version);
  return [
    ...differing.map(
      ([file, version]) =>
        `${file} has version ${String(version)}, package.json ${manifest.version}; run: ${COMMANDS[file]}`,
    ),
    ...(schemaRepository === address
      ? []
      : ["schema.json does not name the repository of package.json; run: npm run schema"]),
  ];
}

const COMMANDS: Readonly<Record<string, string>> = {
  "schema.json": "npm run schema",
  "package-lock.json": "npm install --package-lock-only",
  "temporal/package-lock.json": "npm install --package-lock-only --prefix temporal",
};

function inChangelog({ changelog, manifest: { version } }: Candidate): string[] {
  if (changesOf(changelog, version) !== undefined) {
    return [`CHANGELOG.md has a section for ${version} already`];
  }
  const changes = changesOf(changelog, "Unreleased");
  if (changes === undefined) return ['CHANGELOG.md has no section "## [Unreleased]"; add one'];
  return /^- /m.test(changes)
    ? []
    : ['the section "## [Unreleased]" of CHANGELOG.md has no change; write down what users get'];
}
