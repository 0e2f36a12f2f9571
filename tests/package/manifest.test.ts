import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import typescript, { ModuleKind, ModuleResolutionKind } from "typescript";
import { ROOT } from "../../tools/package/manifest";
import { installLibrary } from "../support/library";
import { useScratch } from "../support/scratch";

interface PackageJson {
  readonly exports: Record<string, string | { readonly types: string; readonly default: string }>;
  readonly peerDependencies: Record<string, string>;
  readonly workspaces: readonly string[];
}

interface PackageLock {
  readonly packages: Record<string, { readonly version: string }>;
}

describe("package.json", function () {
  this.timeout(120_000);
  const scratch = useScratch();

  async function readJson<T>(...file: string[]): Promise<T> {
    return JSON.parse(await readFile(path.join(...file), "utf8")) as T;
  }

  function npm(cwd: string, ...args: string[]) {
    const options = { cwd, encoding: "utf8", shell: process.platform === "win32" } as const;
    return spawnSync("npm", [...args, "--ignore-scripts", "--no-audit", "--no-fund"], options);
  }

  /** What npm would install for a program that has the package, and an SDK of its own. */
  async function resolved(pulumi: string) {
    const [own, program] = [path.join(scratch(), "own"), path.join(scratch(), "program")];
    await mkdir(own);
    await cp(path.join(ROOT, "package.json"), path.join(own, "package.json"));
    const packed = npm(own, "pack", "--silent");
    assert.equal(packed.status, 0, packed.stderr);
    await mkdir(program);
    const dependencies = {
      "@pulumi/pulumi": pulumi,
      "load-balanced-group": `file:../own/${packed.stdout.trim()}`,
    };
    const manifest = { name: "program", private: true, dependencies };
    await writeFile(path.join(program, "package.json"), JSON.stringify(manifest));
    const { status, stderr } = npm(program, "install", "--package-lock-only");
    return { status, stderr, program };
  }

  it("has one copy of the SDK and of AWS's package installed, the one that the program asks for", async () => {
    const { status, stderr, program } = await resolved("3.225.0");
    assert.equal(status, 0, stderr);
    const { packages } = await readJson<PackageLock>(program, "package-lock.json");
    const copies = (name: string) =>
      Object.keys(packages).filter((place) => place.endsWith(`node_modules/${name}`));
    assert.deepEqual(copies("@pulumi/pulumi"), ["node_modules/@pulumi/pulumi"]);
    assert.deepEqual(copies("@pulumi/aws"), ["node_modules/@pulumi/aws"]);
    assert.equal(packages["node_modules/@pulumi/pulumi"].version, "3.225.0");
  });

  it("has npm say which SDK is needed where the program asks for an older one", async () => {
    const { status, stderr } = await resolved("3.200.0");
    const { peerDependencies } = await readJson<PackageJson>(ROOT, "package.json");
    assert.notEqual(status, 0);
    assert.match(stderr, /ERESOLVE/);
    const wanted = `peer @pulumi/pulumi@"${peerDependencies["@pulumi/pulumi"]}" from load-balanced-group`;
    assert.ok(stderr.includes(wanted), stderr);
  });

  it("is as npm writes it, and so are the lock files: an install changes nothing", async () => {
    const files = ["package.json", "package-lock.json"];
    // The fleets' own package-lock.json has what the package above it wants.
    files.push(...files.map((file) => path.join("temporal", file)));
    // The workspace's members are in it, too.
    const { workspaces } = await readJson<PackageJson>(ROOT, "package.json");
    files.push(...workspaces.map((member) => path.join(member, "package.json")));
    for (const folder of ["temporal", ...workspaces]) await mkdir(path.join(scratch(), folder));
    for (const file of files) await cp(path.join(ROOT, file), path.join(scratch(), file));
    await mkdir(path.join(scratch(), "bin", "automation", "command"), { recursive: true });
    await writeFile(path.join(scratch(), "bin", "automation", "command", "main.js"), "");
    for (const folder of ["", "temporal"]) {
      for (const command of [
        ["pkg", "fix"],
        ["install", "--package-lock-only", "--offline"],
      ]) {
        const { status, stderr } = npm(path.join(scratch(), folder), ...command);
        assert.equal(status, 0, stderr);
      }
    }
    for (const file of files) {
      const [before, after] = [ROOT, scratch()].map((folder) =>
        readFile(path.join(folder, file), "utf8"),
      );
      assert.equal(await after, await before, file);
    }
  });

  it("has the types of all that it exports found, however modules are resolved", async () => {
    await installLibrary(scratch());
    const { exports } = await readJson<PackageJson>(ROOT, "package.json");
    const imports = Object.entries(exports)
      .filter(([, target]) => typeof target !== "string")
      .map(([own], index) => {
        const imported = own.replace(/^\./, "load-balanced-group");
        return `export * as part${index} from "${imported}";\n`;
      });
    assert.ok(imports.length > 2);
    const program = path.join(scratch(), "program.ts");
    await writeFile(program, imports.join(""));
    for (const kind of [
      { module: ModuleKind.CommonJS, moduleResolution: ModuleResolutionKind.Node10 },
      { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 },
      { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler },
    ]) {
      const options = { ...kind, noEmit: true, strict: true, skipLibCheck: true, types: [] };
      const told = typescript
        .getPreEmitDiagnostics(typescript.createProgram([program], options))
        .map(({ messageText }) => typescript.flattenDiagnosticMessageText(messageText, "\n"));
      assert.deepEqual(told, [], ModuleResolutionKind[kind.moduleResolution]);
    }
  });
});
