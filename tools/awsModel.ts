import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { format, resolveConfig } from "prettier";
import { ROOT } from "./package/manifest";

/*
 * `npm run aws-model`: writes the limits in AWS's model of the Elastic Load Balancing API, for the test of the limits.
 * The model is part of botocore, the Python package that the AWS CLI uses.
 */

const FILE = path.join(ROOT, "tests", "unit", "awsLimits", "elbv2.json");
const API = "2015-12-01";
const MODEL = path.join("botocore", "data", "elbv2", API, "service-2.json.gz");

interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
  readonly pattern?: string;
}

interface Model {
  readonly metadata: { readonly serviceFullName: string };
  readonly shapes: Readonly<Record<string, Shape>>;
}

const run = promisify(execFile);

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "aws-model-"));
  try {
    await run("python3", ["-m", "pip", "download", "--no-deps", "--dest", folder, "botocore"]);
    const [wheel] = await readdir(folder);
    await run("python3", ["-m", "zipfile", "--extract", path.join(folder, wheel), folder]);
    const packed = await readFile(path.join(folder, MODEL));
    const model = readModel(gunzipSync(packed).toString());
    const [, version] = /^botocore-([^-]+)-/.exec(wheel) ?? [];
    const content = {
      source: `botocore ${version}: ${model.metadata.serviceFullName} ${API}`,
      members: factsOf(model),
    };
    const style = await resolveConfig(FILE);
    await writeFile(FILE, await format(JSON.stringify(content), { ...style, parser: "json" }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function readModel(text: string): Model;
function readModel(text: string): unknown {
  const model: unknown = JSON.parse(text);
  return model;
}

/** The limits of request values, by structure and member, without responses and descriptions. */
function factsOf({ shapes }: Model) {
  const facts = Object.entries(shapes)
    .filter(([name]) => !/(Output|Exception)$/.test(name))
    .flatMap(([name, { members = {} }]) =>
      Object.entries(members).map(([member, { shape }]) => {
        const { min, max, enum: values, pattern } = shapes[shape];
        return [`${name}.${member}`, { min, max, values, pattern }] as const;
      }),
    )
    .filter(([, fact]) => Object.values(fact).some((value) => value !== undefined))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(facts);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
