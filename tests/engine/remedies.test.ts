import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation";
import type { Problem } from "../../components/checks";
import { findConfigProblems } from "../../stacks/configuration";
import { parseConfig } from "../../stacks/parsing";
import { stepsOf } from "../../stacks/paths";
import { orderedByRemedy, PLACEHOLDER, remedyFor } from "../../stacks/remedies";
import { isolatedEnvironment } from "../../tools/isolation";
import { BAD_ARGUMENTS } from "../arguments";
import { engine, ENGINE_TIMEOUT } from "../support/engine";
import { useScratch } from "../support/scratch";

const REGION = "us-west-2";
const PROJECT = "name: lbg\nruntime: nodejs\n";
type Config = Record<string, unknown>;

/** Those that a file can hold: without outputs, functions and the like. */
const CONFIGS: Config[] = [
  ...BAD_ARGUMENTS.map(({ args }) => ({
    availabilityZones: ["us-west-2a", "us-west-2b"],
    ...args,
  })),
  { availabilityZones: ["us-east-1a", "us-east-1b"] },
  { availabilityZones: ["us-west-2a", "us-east-1b"] },
  { availabilityZones: ["us-west-2a", "us-west-2a", "us-west-2b", "us-west-2b"] },
  { tags: { "a b'c": "what?" }, accessLogs: true, rules: "/a", name: "", network: "new" },
  { "odd.key": 1, portt: 8080, network: "dedicated", vpcId: "vpc-1" },
].filter((config) => Object.values(config).every(isPlain));

function isPlain(value: unknown): boolean {
  if (["string", "boolean"].includes(typeof value) || Number.isFinite(value)) return true;
  if (typeof value !== "object" || value === null || pulumi.Output.isInstance(value)) return false;
  if (pulumi.Resource.isInstance(value)) return false;
  return Object.values(value).every(isPlain);
}

describe("the remedies of a configuration that is refused", function () {
  this.timeout(ENGINE_TIMEOUT);
  const scratch = useScratch();

  it("are commands that correct their problem, and change nothing else", async () => {
    const { binFolder, root } = await engine();
    const pulumiCommand = await PulumiCommand.get({ root, skipVersionCheck: true });
    const env = {
      ...process.env,
      ...isolatedEnvironment(scratch()),
      PATH: [binFolder, process.env.PATH].join(path.delimiter),
    };
    const shell = (workDir: string, command: string) =>
      new Promise<string>((resolve) => {
        const child = execFile("sh", ["-c", command], { cwd: workDir, env }, (error) => {
          resolve(error?.message ?? "");
        });
        // Pulumi asks for a secret.
        child.stdin?.end("typed\n");
      });

    async function* cases(): AsyncGenerator<[Config, Problem]> {
      for (const config of CONFIGS) {
        for (const problem of problemsOf(textsOf(config))) yield [config, problem];
      }
      await Promise.resolve();
    }

    async function check(workDir: string, config: Config, problem: Problem): Promise<void> {
      const entries = Object.entries(config).map(([key, value]) => [`lbg:${key}`, value]);
      const file = { config: { "aws:region": REGION, ...Object.fromEntries(entries) } };
      await writeFile(path.join(workDir, "Pulumi.dev.yaml"), JSON.stringify(file));
      const before = textsOf(config);
      const remedy = remedyFor(problem, {
        name: "dev",
        config: parseConfig(before),
        region: REGION,
        isSecret: () => false,
      });
      const about = `${problem.reason}\n${remedy}`;
      assert.match(remedy, /^pulumi config (\w+ )?(--secret )?-s dev\b/);
      assert.equal(await shell(workDir, remedy), "", about);
      const workspace = await LocalWorkspace.create({ workDir, pulumiCommand });
      const { config: mended = {} } = await workspace.stackSettings("dev");
      const { "aws:region": region, ...rest } = mended;
      const after = Object.fromEntries(
        Object.entries(rest).map(([key, value]) => [key.slice("lbg:".length), value]),
      );
      assertTouched(config, after, problem, about);
      const isLeft = problemsOf(textsOf(after), String(region)).some(
        ({ propertyPath, reason }) =>
          propertyPath === problem.propertyPath && reason === problem.reason,
      );
      const needsUser = remedy.includes(PLACEHOLDER) || remedy.includes("# shows it");
      assert.ok(!isLeft || needsUser || /above the limit|one too many/.test(problem.reason), about);
    }

    const queue = cases();
    let count = 0;
    const faults: string[] = [];
    await writeFile(path.join(scratch(), "Pulumi.yaml"), PROJECT);
    assert.equal(await shell(scratch(), "pulumi stack init dev --no-select"), "");
    await Promise.all(
      ["a", "b", "c"].map(async (name) => {
        const workDir = path.join(scratch(), name);
        await mkdir(workDir);
        await writeFile(path.join(workDir, "Pulumi.yaml"), PROJECT);
        for await (const [config, problem] of queue) {
          await check(workDir, config, problem).catch((error: unknown) =>
            faults.push(String(error)),
          );
          count++;
        }
      }),
    );
    assert.deepEqual(faults, []);
    assert.ok(count > 300, `only ${count} remedies`);
  });
});

/** A configuration as the engine hands it to a program. */
const textsOf = (config: Config): [string, string][] =>
  Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);

const problemsOf = (texts: [string, string][], region = REGION) =>
  orderedByRemedy(findConfigProblems(parseConfig(texts), region));

/** What the problem is not about must be as before. */
function assertTouched(given: Config, found: Config, problem: Problem, about: string): void {
  // The CLI writes all values at the top as texts.
  const [before, after] = [given, found].map((config) => parseConfig(textsOf(config)));
  const { propertyPath, reason } = problem;
  const steps = Object.hasOwn(before, propertyPath)
    ? [propertyPath]
    : stepsOf(propertyPath).map(({ step }) => step);
  const [, meant = ""] = /did you mean (\w+)\?$/.exec(reason) ?? [];
  const isRenamed = after[meant] !== undefined && before[meant] === undefined;
  const rest = isRenamed ? without(after, [meant]) : after;
  const kept = without(before, steps);
  const isKept = isDeepStrictEqual(kept, rest) || isDeepStrictEqual(kept, without(rest, steps));
  assert.ok(isKept, `${about}\n${JSON.stringify(before)}\n${JSON.stringify(after)}`);
}

/** A copy without what is at these steps. */
function without(value: unknown, [step, ...further]: (string | number)[]): unknown {
  if (Array.isArray(value)) {
    const list: unknown[] = value;
    return list.flatMap((one, index) =>
      index !== step ? [one] : further.length === 0 ? [] : [without(one, further)],
    );
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, one]): [string, unknown][] =>
    key !== step ? [[key, one]] : further.length === 0 ? [] : [[key, without(one, further)]],
  );
  return Object.fromEntries(entries);
}
