import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { breakingChanges, mayBreak } from "../../tools/package/breaking";
import { ROOT } from "../../tools/package/manifest";
import { SCHEMA_FILE } from "../../tools/package/schemaFile";
import type { PackageSpec, ResourceSpec } from "../../tools/package/spec";

const RELEASED = {
  name: "made-up",
  version: "1.0.0",
  language: { python: { packageName: "made_up" } },
  types: {
    Size: { type: "string", enum: [{ name: "Small", value: "small" }] },
    Check: {
      type: "object",
      properties: { path: { type: "string" }, count: { type: "integer", default: 2 } },
      required: ["path"],
    },
  },
  resources: {
    Group: {
      isComponent: true,
      type: "object",
      inputProperties: { ids: { type: "array", items: { type: "string" } } },
      properties: { url: { type: "string" } },
      required: ["url"],
    },
  },
} satisfies PackageSpec;

const { types, resources } = RELEASED;

function withGroup(group: Partial<ResourceSpec>): PackageSpec {
  return { ...RELEASED, resources: { Group: { ...resources.Group, ...group } } };
}

function withCheck(check: object): PackageSpec {
  return { ...RELEASED, types: { ...types, Check: { ...types.Check, ...check } } };
}

const { path, count } = types.Check.properties;
const { ids } = resources.Group.inputProperties;

const BREAKING: [string, PackageSpec][] = [
  ["Group is gone", { ...RELEASED, resources: {} }],
  ["Check is gone", { ...RELEASED, types: { Size: types.Size } }],
  ["Check count is gone", withCheck({ properties: { path } })],
  [
    "Check count is of another type",
    withCheck({ properties: { path, count: { ...count, type: "string" } } }),
  ],
  [
    "Check count has another default",
    withCheck({ properties: { path, count: { ...count, default: 3 } } }),
  ],
  ["Check count is required", withCheck({ required: ["path", "count"] })],
  [
    "Size is of another type",
    { ...RELEASED, types: { ...types, Size: { ...types.Size, type: "integer" } } },
  ],
  [
    "Size.Small is gone",
    {
      ...RELEASED,
      types: { ...types, Size: { type: "string", enum: [{ name: "Little", value: "small" }] } },
    },
  ],
  ["Group, input ids is gone", withGroup({ inputProperties: {} })],
  [
    "Group, input ids is of another type",
    withGroup({ inputProperties: { ids: { ...ids, plain: true } } }),
  ],
  ["Group, input ids is required", withGroup({ requiredInputs: ["ids"] })],
  ["Group, output url is gone", withGroup({ properties: {}, required: ["url"] })],
  ["Group, output url may be missing", withGroup({ required: [] })],
  [
    "the package is made otherwise for python",
    { ...RELEASED, language: { python: { packageName: "other" } } },
  ],
];

describe("a change that breaks consumers", () => {
  for (const [change, schema] of BREAKING) {
    it(`is reported: ${change}`, () => {
      assert.deepEqual(breakingChanges(RELEASED, schema), [change]);
    });
  }

  it("is not one of new arguments or of descriptions", () => {
    const schema: PackageSpec = {
      ...withGroup({
        description: "better",
        inputProperties: { ids: { ...ids, description: "better" }, more: { type: "string" } },
        properties: { url: { type: "string" }, more: { type: "string" } },
        required: ["url", "more"],
      }),
      language: { ...RELEASED.language, go: {} },
      types: {
        ...types,
        Size: { type: "string", enum: [...types.Size.enum, { name: "Big", value: "big" }] },
        More: { type: "object" },
      },
    };
    assert.deepEqual(breakingChanges(RELEASED, schema), []);
  });

  it("may come with a new major version, and before the first of them with a minor one", () => {
    const allowed = ["2.0.0", "1.1.0", "1.0.1", "0.9.0"].map((version) =>
      mayBreak("1.0.0", version),
    );
    assert.deepEqual(allowed, [true, false, false, false]);
    const early = ["1.0.0", "0.3.0", "0.2.4"].map((version) => mayBreak("0.2.3", version));
    assert.deepEqual(early, [true, true, false]);
  });
});

describe("a program that was written for the last release", () => {
  it("works with this schema, unless the version says that it may not", async function () {
    const released = releasedSchema();
    if (released === undefined) {
      this.runnable().title += ", skipped: no release is tagged here";
      this.skip();
    }
    const schema = JSON.parse(await readFile(SCHEMA_FILE, "utf8")) as PackageSpec;
    const changes = breakingChanges(released, schema);
    if (mayBreak(released.version, schema.version)) return;
    assert.deepEqual(changes, [], `a change of version from ${released.version} must show this`);
  });
});

/** The schema of the last release before this commit: a release is a tag, by which people get it. */
function releasedSchema(): PackageSpec | undefined {
  const git = (...args: string[]) => spawnSync("git", args, { cwd: ROOT, encoding: "utf8" }).stdout;
  const tag = git("describe", "--tags", "--abbrev=0", "--match", "v[0-9]*").trim();
  return tag === "" ? undefined : (JSON.parse(git("show", `${tag}:schema.json`)) as PackageSpec);
}
