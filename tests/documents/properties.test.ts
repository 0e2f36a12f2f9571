import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../../tools/package/manifest";
import { MAPPINGS } from "../arguments";
import { TUTORIAL } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";
import { loadBalancingProperties } from "../support/sdkProperties";
import { withValue } from "../unit/argumentPaths";

const RESOURCES = [
  "LoadBalancer",
  "TargetGroup",
  "TargetGroupAttachment",
  "Listener",
  "ListenerCertificate",
  "ListenerRule",
  "TrustStore",
];

const isWithin = (property: string, other: string) =>
  property === other || property.startsWith(`${other}.`);

/** The properties that the component sends for some arguments. */
async function sentProperties(): Promise<string[]> {
  const sent = new Set<string>();
  const tags = { team: "web" };
  for (const { path: of, value, beside } of MAPPINGS) {
    const args = withValue({ ...TUTORIAL, tags, ...beside }, of.split("."), value);
    const { registrations } = await recordGroup(args);
    for (const { type, inputs } of registrations) {
      const resource = /^aws:lb\/\w+:(\w+)$/.exec(type)?.[1];
      if (resource !== undefined) for (const one of pathsIn(inputs, resource)) sent.add(one);
    }
  }
  return [...sent];
}

function pathsIn(value: unknown, prefix: string): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((one) => pathsIn(one, prefix));
  if (typeof value !== "object" || value === null) return [prefix];
  return Object.entries(value).flatMap(([key, one]) => pathsIn(one, `${prefix}.${key}`));
}

describe("the properties of AWS", () => {
  const page = readFileSync(path.join(ROOT, "docs/properties.md"), "utf8");
  const listed = [...page.matchAll(/^\| `([\w.]+)`/gm)].map(([, property]) => property);

  it("are either sent by the component or on the list of docs/properties.md", async function () {
    this.timeout(60_000);
    const sent = await sentProperties();
    const all = loadBalancingProperties(RESOURCES);
    // What is sent may have further parts, such as the keys of tags.
    const unsent = all.filter((property) => !sent.some((one) => isWithin(one, property)));
    const missing = unsent.filter((property) => !listed.some((one) => isWithin(property, one)));
    assert.deepEqual(missing, [], "add an argument, or a line to docs/properties.md");
    const needless = listed.filter((one) => !unsent.some((property) => isWithin(property, one)));
    assert.deepEqual(needless, [], "remove these lines from docs/properties.md");
    const both = listed.filter((one) => sent.some((property) => isWithin(property, one)));
    assert.deepEqual(both, [], "these are sent");
  });
});
