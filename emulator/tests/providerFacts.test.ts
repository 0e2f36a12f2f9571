import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type Property, type Shape } from "../provider/properties";
import { RESOURCE_TYPES } from "../provider/resourceTypes";
import facts from "./providerFacts.json";

interface Facts {
  readonly is: string;
  readonly default?: unknown;
}

/** A property as the provider's source or the SDK's documentation has it. */
interface Row extends Facts {
  readonly name: string;
  readonly source: string;
  /** Where the emulator differs on purpose, and why. */
  readonly emulated?: Facts;
  readonly why?: string;
}

interface Table {
  readonly properties: readonly Row[];
  /** The arguments that the emulator refuses. */
  readonly refused: readonly string[];
}

const TABLES: Record<string, Table> = facts;

describe("the provider's facts and the emulator's resource types", () => {
  it("are about the same types", () => {
    const tokens = RESOURCE_TYPES.map(({ token }) => token);
    assert.deepEqual(Object.keys(TABLES).sort(), [...tokens].sort());
  });

  for (const { token, inputs } of RESOURCE_TYPES) {
    const { properties, refused } = TABLES[token];

    it(`are equal for ${token}`, () => {
      const expected = properties.map(({ name, emulated, ...row }) => [
        name,
        describedFacts(emulated ?? row),
      ]);
      assert.deepEqual(Object.fromEntries(described(inputs)), Object.fromEntries(expected));
    });

    it(`have a source for each property of ${token}, and a reason for each difference`, () => {
      for (const { name, source, emulated, why } of properties) {
        assert.match(source, /\.go$|\.d\.ts$/, name);
        assert.equal(emulated === undefined, why === undefined, name);
      }
    });

    it(`name every argument of ${token} in the SDK`, () => {
      const own = properties.filter(({ name }) => !name.includes("."));
      assert.deepEqual(
        [...own.map(({ name }) => name), ...refused].sort(),
        Object.keys(sdkArguments(token)).sort(),
      );
    });

    it(`require what the SDK requires of ${token}`, () => {
      const inSdk = sdkArguments(token);
      // Where Pulumi makes a name, the SDK requires none.
      const own = properties.filter((row) => row.name in inSdk && row.emulated === undefined);
      for (const { name, is } of own) {
        assert.equal(is.includes("required"), inSdk[name] === "required", name);
      }
    });
  }
});

const FLAGS = ["required", "computed", "keptWhenMissing", "forceNew"] as const;

function described(shape: Shape, prefix = ""): [string, string][] {
  return Object.entries(shape).flatMap(([key, property]): [string, string][] => [
    [prefix + key, describedProperty(property)],
    ...("properties" in property ? described(property.properties, `${prefix}${key}.`) : []),
  ]);
}

function describedProperty(property: Property): string {
  const flags = FLAGS.filter((flag) => property[flag] === true).join(" ");
  return describedFacts({ is: flags === "" ? "optional" : flags, default: property.default });
}

const describedFacts = ({ is, default: value }: Facts) =>
  value === undefined ? is : `${is}, ${JSON.stringify(value)} by default`;

/** The arguments of a resource type, as the SDK declares them. */
function sdkArguments(token: string): Record<string, "required" | "optional"> {
  const [, file, name] = token.split(":");
  const text = readFileSync(require.resolve(`@pulumi/aws/${file}.d.ts`), "utf8");
  const start = text.indexOf(`export interface ${name}Args {`);
  const body = text.slice(start, text.indexOf("\n}\n", start));
  return Object.fromEntries(
    [...body.matchAll(/^ {4}(\w+)(\??):/gm)].map(([, key, mark]) => [
      key,
      mark === "?" ? "optional" : "required",
    ]),
  );
}
