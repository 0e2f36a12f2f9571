import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { isOutput } from "../../components/shared/guards";
import { findConfigProblems } from "../../stacks/configuration";
import { settingOf } from "../../stacks/parsing";
import {
  CONFIGURATION_SCHEMA_FILE,
  configurationSchemaText,
} from "../../tools/package/configurationSchema";
import { ROOT } from "../../tools/package/manifest";
import { SCHEMA_FILE } from "../../tools/package/schemaFile";
import type { PackageSpec } from "../../tools/package/spec";
import { BAD_ARGUMENTS, GOOD_ARGUMENTS } from "../arguments";

const PREFIX = "load-balanced-group:";
const readJson = (file: string) => JSON.parse(readFileSync(file, "utf8")) as object;

describe("the JSON schema of settings files", () => {
  const ajv = new Ajv({ allErrors: true, strict: false });
  const validate = ajv.compile(readJson(CONFIGURATION_SCHEMA_FILE));

  /** Where an editor shows mistakes in a settings file. */
  function mistakesIn(settings: unknown): string[] {
    validate(settings);
    return (validate.errors ?? []).map(({ instancePath }) => instancePath);
  }
  const mistakes = (args: object) =>
    mistakesIn({
      config: Object.fromEntries(Object.entries(args).map(([key, value]) => [PREFIX + key, value])),
    });

  it("is the one that npm run schema writes", async () => {
    const schema = readJson(SCHEMA_FILE) as PackageSpec;
    const text = await configurationSchemaText(schema);
    assert.equal(await readFile(CONFIGURATION_SCHEMA_FILE, "utf8"), text);
  });

  it("is named in the repository's settings files, which it accepts", async () => {
    const files = (await readdir(ROOT)).filter((name) => /^Pulumi\..+\.yaml$/.test(name));
    assert.ok(files.length >= 3, files.join());
    for (const file of files) {
      const text = await readFile(path.join(ROOT, file), "utf8");
      const named = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1] ?? "";
      assert.equal(path.join(ROOT, named), CONFIGURATION_SCHEMA_FILE, file);
      assert.deepEqual(mistakesIn(parse(text)), [], file);
    }
  });

  it("accepts what the component accepts", () => {
    const plain = GOOD_ARGUMENTS.filter(([, args]) => isPlain(args));
    assert.ok(plain.length > 100, String(plain.length));
    for (const [title, args] of plain) assert.deepEqual(mistakes(args), [], title);
  });

  it("shows wrong types, and values that are no choice or out of range", () => {
    // A policy that AWS may have added, and a number between two ranges.
    const beyond = ["sslPolicy", "rules.a.fixedResponse.statusCode"];
    const wrong = BAD_ARGUMENTS.map(({ args }) => args)
      .filter(isPlain)
      .filter((args) => {
        const settings = Object.entries(args).map(([key, value]): [string, unknown] => [
          key,
          settingOf(key, value),
        ]);
        return findConfigProblems(Object.fromEntries(settings), undefined).some(
          ({ code, propertyPath }) =>
            ["type", "choice", "range"].includes(code) && !beyond.includes(propertyPath),
        );
      });
    assert.ok(wrong.length > 30, String(wrong.length));
    const missed = wrong.filter((args) => mistakes(args).length === 0);
    assert.deepEqual(
      missed.map((args) => JSON.stringify(args)),
      [],
    );
  });

  it("shows an unknown key, and leaves those of other packages alone", () => {
    assert.deepEqual(mistakes({ prot: 80 }), ["/config/load-balanced-group:prot"]);
    assert.notDeepEqual(mistakes({ targets: { a: { id: "i-1", prot: 80 } } }), []);
    assert.deepEqual(mistakesIn({ config: { "aws:profile": "dev", "shop:prot": 80 } }), []);
    assert.deepEqual(mistakesIn({ secretsprovider: "passphrase" }), []);
  });

  it("accepts what Pulumi writes: numbers and flags as text, lists as JSON, and encrypted values", () => {
    const secure = { secure: "v1:abc" };
    for (const args of [
      { port: "8080" },
      { internal: "true" },
      { instanceIds: '["i-1","i-2"]' },
      { targetGroup: { healthCheck: { matcher: 200 } } },
      { certificateArn: secure },
      { targets: { a: { id: secure } } },
    ]) {
      assert.deepEqual(mistakes(args), [], JSON.stringify(args));
    }
    assert.notDeepEqual(mistakes({ internal: secure }), []);
    assert.notDeepEqual(mistakes({ port: secure }), []);
    assert.notDeepEqual(mistakes({ port: "http" }), []);
  });
});

/** Whether a settings file can hold it. */
function isPlain(value: unknown): boolean {
  if (isOutput(value)) return false;
  if (typeof value !== "object" || value === null) {
    return ["string", "number", "boolean"].includes(typeof value);
  }
  return Object.values(value).every(isPlain);
}
