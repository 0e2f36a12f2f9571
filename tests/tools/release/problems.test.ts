import assert from "node:assert/strict";
import type { Candidate } from "../../../tools/release/candidate";
import { changesOf, withRelease } from "../../../tools/release/changelog";
import { problemsOf } from "../../../tools/release/problems";

const CHANGELOG = `# Changelog

All notable changes.

## [Unreleased]

### Added

- More.

## [0.1.0] - 2026-01-31

### Added

- All.
`;

const MANIFEST = {
  name: "load-balanced-group",
  version: "0.2.0",
  repository: { url: "git+https://github.com/someone/load-balanced-group.git" },
  homepage: "https://github.com/someone/load-balanced-group#readme",
  bugs: { url: "https://github.com/someone/load-balanced-group/issues" },
};

const READY: Candidate = {
  branch: "main",
  changedFiles: [],
  tags: ["v0.0.9", "v0.1.0", "versions"],
  manifest: MANIFEST,
  versions: {
    "schema.json": "0.2.0",
    "package-lock.json": "0.2.0",
    "temporal/package-lock.json": "0.2.0",
  },
  schemaRepository: "https://github.com/someone/load-balanced-group",
  changelog: CHANGELOG,
};

describe("a release", () => {
  const REFUSED: readonly (readonly [string, Partial<Candidate>, string[]])[] = [
    [
      "on another branch",
      { branch: "feature" },
      ['the branch is "feature"; releases are made on main'],
    ],
    [
      "with changes that are in no commit",
      { changedFiles: ["README.md", "new.ts", "other.ts"] },
      ["README.md and 2 more changed since the last commit; commit or undo that"],
    ],
    [
      "without the addresses of the project",
      { manifest: { name: "load-balanced-group", version: "0.2.0" }, schemaRepository: undefined },
      [
        'package.json has no "repository"; set it: npm pkg set repository.type=git repository.url=git+https://github.com/OWNER/NAME.git',
        'package.json has no "homepage"; set it: npm pkg set homepage=https://github.com/OWNER/NAME#readme',
        'package.json has no "bugs"; set it: npm pkg set bugs.url=https://github.com/OWNER/NAME/issues',
      ],
    ],
    [
      "with a version that is released",
      { tags: ["v0.2.0"] },
      [
        "the version in package.json is 0.2.0, but 0.2.0 is released; raise it: npm version --no-git-tag-version minor",
      ],
    ],
    [
      "with a version that is older than a released one",
      { tags: ["v0.9.9", "v0.10.0"] },
      [
        "the version in package.json is 0.2.0, but 0.9.9 is released; raise it: npm version --no-git-tag-version minor",
      ],
    ],
    [
      "with other versions in the files that are generated",
      {
        versions: { "schema.json": "0.1.0", "package-lock.json": undefined },
        schemaRepository: undefined,
      },
      [
        "schema.json has version 0.1.0, package.json 0.2.0; run: npm run schema",
        "package-lock.json has version undefined, package.json 0.2.0; run: npm install --package-lock-only",
        "schema.json does not name the repository of package.json; run: npm run schema",
      ],
    ],
    [
      "without a section for it",
      { changelog: "# Changelog\n" },
      ['CHANGELOG.md has no section "## [Unreleased]"; add one'],
    ],
    [
      "without a change",
      { changelog: CHANGELOG.replace("- More.\n", "") },
      ['the section "## [Unreleased]" of CHANGELOG.md has no change; write down what users get'],
    ],
    [
      "that the changelog has already",
      { changelog: withRelease(CHANGELOG, "0.2.0", "2026-02-28") },
      ["CHANGELOG.md has a section for 0.2.0 already"],
    ],
  ];

  it("is made where nothing is wrong", () => {
    assert.deepEqual(problemsOf(READY), []);
  });

  for (const [what, change, problems] of REFUSED) {
    it(`is refused ${what}`, () => {
      assert.deepEqual(problemsOf({ ...READY, ...change }), problems);
    });
  }

  it("is refused with a version that is no release's", () => {
    const manifest = { ...MANIFEST, version: "0.2.0-beta.1" };
    assert.equal(
      problemsOf({ ...READY, manifest })[0],
      'the version in package.json is "0.2.0-beta.1"; it must have the form 1.2.3',
    );
  });
});

describe("the changelog of a release", () => {
  const released = withRelease(CHANGELOG, "0.2.0", "2026-02-28");

  it("has the changes under the version and its date, and an open section above", () => {
    assert.equal(
      released,
      CHANGELOG.replace("[Unreleased]\n", "[Unreleased]\n\n## [0.2.0] - 2026-02-28\n"),
    );
    assert.equal(changesOf(released, "Unreleased"), "");
  });

  it("lists what changed in each version", () => {
    assert.equal(changesOf(released, "0.2.0"), "### Added\n\n- More.");
    assert.equal(changesOf(released, "0.1.0"), "### Added\n\n- All.");
    assert.equal(changesOf(released, "0.3.0"), undefined);
  });
});
