import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { ROOT } from "../../tools/package/manifest";
import { LANES, PAST_THEIR_END } from "../../tools/versions/lanes";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number>>;
}

interface Job {
  readonly uses?: string;
  readonly needs?: string;
  readonly "timeout-minutes"?: number;
  readonly environment?: string;
  readonly permissions?: object;
  readonly strategy?: { readonly matrix: { readonly node: number[] } };
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly permissions: object;
  readonly concurrency: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = path.join(ROOT, ".github", "workflows");
const read = (name: string) => readFileSync(path.join(ROOT, name), "utf8");
const scripts = Object.keys((JSON.parse(read("package.json")) as { scripts: object }).scripts);

/** What npm does itself. */
const NPM_COMMANDS = ["audit", "ci", "install", "publish"];
/** The jobs that may write, and what. */
const MAY_WRITE: Readonly<Record<string, object>> = {
  "release.yml npm": { "id-token": "write" },
  "release.yml github": { contents: "write" },
};

const nodes = [...new Set(LANES.map(({ node }) => node))].filter(
  (node) => !PAST_THEIR_END.includes(node),
);

for (const file of readdirSync(FOLDER)) {
  describe(`the workflow ${file}`, () => {
    const workflow = parse(read(path.join(".github", "workflows", file))) as Workflow;
    const jobs = Object.entries(workflow.jobs);
    const steps = jobs.flatMap(([, job]) => job.steps ?? []);

    it("runs scripts that package.json has", () => {
      const commands = steps.flatMap(({ run = "" }) => [
        ...run.matchAll(/\bnpm (run )?([\w:-]+)/g),
      ]);
      assert.ok(commands.length > 0);
      for (const [command, run = "", name] of commands) {
        const known = run === "" ? [...NPM_COMMANDS, "test"] : scripts;
        assert.ok(known.includes(name), command);
      }
    });

    it("uses each action in one full version, and files that are there", () => {
      for (const { uses } of steps) {
        if (uses !== undefined) assert.match(uses, /^[\w-]+\/[\w-]+@v\d+\.\d+\.\d+$/);
      }
      const files = steps.flatMap(({ with: { ...given } = {} }) =>
        Object.entries(given).flatMap(([key, value]) =>
          key.endsWith("-version-file") ? String(value) : [],
        ),
      );
      const others = jobs.flatMap(([, { uses }]) => uses ?? []);
      for (const name of [...files, ...others]) assert.ok(existsSync(path.join(ROOT, name)), name);
    });

    it("may read the repository, and write where it publishes", () => {
      assert.deepEqual(workflow.permissions, { contents: "read" });
      for (const [name, { permissions }] of jobs) {
        assert.deepEqual(permissions, MAY_WRITE[`${file} ${name}`], name);
      }
    });

    it("ends at some time, and does not run twice at once", () => {
      assert.ok(workflow.concurrency);
      for (const [name, job] of jobs) {
        assert.ok(job.uses !== undefined || job["timeout-minutes"] !== undefined, name);
      }
    });

    it("has each Node.js that is not past its end, and no other", () => {
      const matrices = jobs.flatMap(([, { strategy }]) => strategy?.matrix.node ?? []);
      if (matrices.length > 0) assert.deepEqual(matrices, nodes);
      const named = steps.map((step) => step.with?.["node-version"]);
      for (const version of named.filter((value) => typeof value === "number")) {
        assert.ok(nodes.includes(version), String(version));
      }
    });
  });
}

describe("the release's job for npm", () => {
  const { jobs } = parse(read(path.join(".github", "workflows", "release.yml"))) as Workflow;

  it("is trusted by npm, and needs neither a token nor the address of a registry", () => {
    const { environment, permissions, steps } = jobs.npm;
    assert.equal(environment, "npm");
    assert.deepEqual(permissions, { "id-token": "write" });
    const text = JSON.stringify(steps);
    assert.match(text, /npm publish \S+ --provenance/);
    assert.doesNotMatch(text, /secrets\.|_TOKEN|registry/);
  });
});

describe("the Node.js of those who work on the repository", () => {
  it("is the newest that is tried", () => {
    assert.equal(read(".nvmrc"), `${nodes.at(-1) ?? ""}\n`);
  });
});
