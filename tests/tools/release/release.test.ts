import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFile, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { runCommand } from "../../../tools/engine/command";
import { ROOT } from "../../../tools/package/manifest";
import { notOnPath } from "../../support/example";
import { FreshClone } from "../../support/freshClone";

const name = "load-balanced-group";
/** Whatever the checkout's own is, which may be released already. */
const version = "98.7.6";
const ADDRESS = "https://github.com/someone/load-balanced-group";
const CHANGES = "### Added\n\n- Something new.\n";
const SDKS = ["go", "nodejs", "python"];
const FILES = [
  "NOTES.md",
  "SHA256SUMS",
  `${name}-${version}.tgz`,
  ...SDKS.map((language) => `${name}-sdk-${language}-v${version}.tar.gz`),
  ...["darwin", "linux", "windows"].flatMap((system) =>
    ["amd64", "arm64"].map(
      (processor) => `pulumi-resource-${name}-v${version}-${system}-${processor}.tar.gz`,
    ),
  ),
].sort();

const HEADING = new RegExp(`^## \\[${version}\\] - \\d{4}-\\d\\d-\\d\\d$`, "m");

describe("npm run release", function () {
  this.timeout(10 * 60_000);
  let clone: FreshClone;
  let folder: string;

  before(async function () {
    // The generators of the SDKs are compiled.
    if (notOnPath("go") !== "") this.skip();
    // What is missing would be installed through the link.
    await runCommand(process.execPath, [path.join(ROOT, "tools", "install.mjs")]);
    clone = await FreshClone.open();
    folder = path.join(clone.checkout, "dist", "release");
    await symlink(path.join(ROOT, "node_modules"), path.join(clone.checkout, "node_modules"));
    await appendFile(path.join(clone.checkout, ".git", "info", "exclude"), "node_modules\n");
    await run("git branch -M main && git config user.name x && git config user.email x");
    await run("git config commit.gpgsign false && git config tag.gpgsign false");
    await raiseVersion();
  });

  after(() => clone.end());

  const run = (commands: string) => clone.run(commands, clone.checkout);
  /** What is printed by commands that have to fail. */
  const refusal = (commands: string) => run(`if ${commands}; then exit 9; fi`);
  const inClone = (file: string) => readFile(path.join(clone.checkout, file), "utf8");
  const inRelease = (file: string) => readFile(path.join(folder, file));
  /** The names in an archive of the release. */
  const namesIn = async (archive: string) => {
    const listed = await runCommand("tar", ["-tzf", path.join(folder, archive)]);
    return listed.trimEnd().split("\n");
  };
  const textIn = (archive: string, file: string) =>
    runCommand("tar", ["-xzOf", path.join(folder, archive), file]);

  it("is refused, all reasons at once, until package.json has the project's addresses", async () => {
    await run("git checkout --quiet -b feature && touch new.ts");
    const output = await refusal("npm run release");
    await run("rm new.ts && git checkout --quiet main");
    const [, problems] = output.split("This can't be released:\n");
    assert.deepEqual(
      problems
        .trimEnd()
        .split("\n")
        .map((line) => line.replace(/;.*/, "")),
      [
        '- the branch is "feature"',
        "- new.ts changed since the last commit",
        '- package.json has no "repository"',
        '- package.json has no "homepage"',
        '- package.json has no "bugs"',
      ],
    );
  });

  it("makes all files of the release by a dry run, and changes nothing in git", async () => {
    await fillIn("exit 1");
    const before = await run("git log --all --format=%H && git tag");

    const said = await run("npm run release -- --dry-run");

    assert.ok(said.includes(`CHANGELOG.md would say of ${version}:\n\n${CHANGES}`), said);
    assert.equal(await run("git log --all --format=%H && git tag"), before);
    assert.deepEqual(clone.changes(), []);
    assert.deepEqual((await readdir(folder)).sort(), FILES);
  });

  it("shows in a dry run why a release would be refused, and creates the files anyway", async () => {
    const sums = await inRelease("SHA256SUMS");
    await run("git checkout --quiet feature && git merge --quiet main && rm -r dist");
    const output = await refusal("npm run release -- --dry-run");
    await run("git checkout --quiet main");
    assert.match(output, /^This can't be released:\n- the branch is "feature"; .*\n(?!- )/m);
    assert.deepEqual(await inRelease("SHA256SUMS"), sums);
  });

  it("writes down the checksum of each file", async () => {
    const sums = (await inRelease("SHA256SUMS")).toString().trimEnd().split("\n");
    const listed = sums.map((line) => line.split("  "));
    const published = FILES.filter((file) => !["NOTES.md", "SHA256SUMS"].includes(file));
    assert.deepEqual(
      listed.map(([, file]) => file),
      published,
    );
    for (const [sum, file] of listed) {
      assert.equal(
        createHash("sha256")
          .update(await inRelease(file))
          .digest("hex"),
        sum,
        file,
      );
    }
  });

  it("has the npm package with its version in the changelog, and nothing of this machine", async () => {
    const archive = `${name}-${version}.tgz`;
    const names = await namesIn(archive);
    const outside = names.filter((file) => !file.startsWith("package/bin/"));
    assert.deepEqual(outside.sort(), [
      "package/CHANGELOG.md",
      "package/LICENSE",
      "package/README.md",
      "package/docs/compatibility.md",
      "package/docs/permissions.md",
      "package/package.json",
      "package/stacks/configuration.schema.json",
    ]);
    for (const file of ["index.js", "index.d.ts", "provider/index.js", "automation/index.js"]) {
      assert.ok(names.includes(`package/bin/${file}`), file);
    }
    assert.match(await textIn(archive, "package/CHANGELOG.md"), HEADING);
    const provider = await textIn(archive, "package/bin/provider/provider.js");
    assert.match(provider, /^\/\/ node_modules\//m);
    assert.doesNotMatch(provider, /^\/\/ \.\.\//m);
  });

  it("has the plugin's archives, with the same provider as the npm package", async () => {
    const provider = await textIn(`${name}-${version}.tgz`, "package/bin/provider/provider.js");
    for (const archive of FILES.filter((file) => file.startsWith("pulumi-resource-"))) {
      assert.equal(await textIn(archive, "provider/provider.js"), provider, archive);
    }
  });

  it("has the SDK of each language, of that version", async () => {
    const top = `${name}-${version}`;
    const [go, nodejs, python] = SDKS.map(
      (language) => `${name}-sdk-${language}-v${version}.tar.gz`,
    );
    assert.match(await textIn(go, `${top}/go.mod`), /^module /);
    const plugin = await textIn(go, `${top}/loadbalancedgroup/pulumi-plugin.json`);
    assert.deepEqual(JSON.parse(plugin), {
      resource: true,
      name,
      version,
      server: "github://api.github.com/someone/load-balanced-group",
    });
    const manifest = JSON.parse(await textIn(nodejs, `${top}/package.json`)) as object;
    assert.ok("version" in manifest && manifest.version === version);
    assert.ok((await textIn(python, `${top}/pyproject.toml`)).includes(`version = "${version}"`));
  });

  it("has the notes of the release, which are its section of the changelog", async () => {
    assert.equal((await inRelease("NOTES.md")).toString(), CHANGES);
  });

  it("is not made when the tests fail", async () => {
    assert.match(await refusal("npm run release"), /^The tests fail, so nothing was released\.$/m);
    assert.deepEqual(clone.changes(), []);
  });

  it("makes the commit and the tag, and the same files", async () => {
    const sums = await inRelease("SHA256SUMS");
    await fillIn("true");

    const said = await run("npm run release");

    assert.match(said, new RegExp(`^  git push --atomic origin main v${version}$`, "m"));
    assert.equal(await run("git tag --points-at HEAD"), `v${version}\n`);
    assert.equal(
      await run("git show --format=%s --name-only"),
      `Release ${version}\n\nCHANGELOG.md\n`,
    );
    assert.match(await inClone("CHANGELOG.md"), HEADING);
    assert.deepEqual(clone.changes(), []);
    const withOtherManifest = (text: Buffer) => text.toString().replace(/^.*\.tgz\n/m, "");
    assert.equal(withOtherManifest(await inRelease("SHA256SUMS")), withOtherManifest(sums));
  });

  it("is refused for what is released", async () => {
    const output = await refusal("npm run release");
    assert.match(output, new RegExp(`^- .* is ${version}, but ${version} is released; `, "m"));
    assert.match(
      output,
      new RegExp(`^- CHANGELOG\\.md has a section for ${version} already$`, "m"),
    );
    const other = await refusal("npm run release:files -- v99.0.0");
    assert.match(other, /^the tag is v99\.0\.0, but the version in package\.json is /m);
  });

  const write = (file: string, text: string) => writeFile(path.join(clone.checkout, file), text);

  async function edit(file: string, change: (content: Content) => object): Promise<void> {
    const content = JSON.parse(await inClone(file)) as Content;
    await write(file, `${JSON.stringify({ ...content, ...change(content) }, undefined, 2)}\n`);
  }

  /** Commits what makes a release of the clone, but for the addresses. */
  async function raiseVersion(): Promise<void> {
    const addresses = { repository: undefined, homepage: undefined, bugs: undefined };
    await edit("package.json", () => ({ version, ...addresses }));
    await edit("package-lock.json", () => ({ version }));
    await edit("temporal/package-lock.json", ({ packages }) => ({
      packages: { ...packages, "..": { ...packages?.[".."], version } },
    }));
    await edit("schema.json", () => ({ version, ...addresses, pluginDownloadURL: undefined }));
    await write("CHANGELOG.md", `# Changelog\n\n## [Unreleased]\n\n${CHANGES}`);
    await run("git commit --quiet --all --message 'Raise the version'");
  }

  /** Commits the addresses, and a command in place of the tests. */
  async function fillIn(test: string): Promise<void> {
    await run(`npm pkg set repository.type=git repository.url=git+${ADDRESS}.git`);
    await run(`npm pkg set homepage=${ADDRESS}#readme bugs.url=${ADDRESS}/issues`);
    await run(`npm pkg set scripts.test='${test}'`);
    const pluginDownloadURL = "github://api.github.com/someone/load-balanced-group";
    await edit("schema.json", () => ({ repository: ADDRESS, pluginDownloadURL }));
    await run("git commit --quiet --all --message 'Fill in the addresses'");
  }
});

interface Content {
  readonly packages?: Readonly<Record<string, object>>;
}
