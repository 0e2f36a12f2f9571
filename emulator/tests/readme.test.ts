import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { FUNCTIONS } from "../provider/functions";
import { RESOURCE_TYPES } from "../provider/resourceTypes";

const README = path.join(__dirname, "..", "README.md");

/** The rows of the table, without what only aligns them: `aws:lb/listener:Listener` is `Listener` of `aws.lb`. */
function supported(): string[] {
  const modules = new Map<string, [resources: string[], functions: string[]]>();
  for (const [column, supportedOnes] of [RESOURCE_TYPES, FUNCTIONS].entries()) {
    for (const { token } of supportedOnes) {
      const [, module = "", name = ""] = /^aws:(\w+)\/\w+:(\w+)$/.exec(token) ?? [];
      const key = module === "index" ? "`aws`" : `\`aws.${module}\``;
      const names = modules.get(key) ?? [[], []];
      names[column].push(name);
      modules.set(key, names);
    }
  }
  return [...modules]
    .map(([module, columns]) => [module, ...columns.map(list)])
    .map((cells) => cells.join("|"))
    .sort();
}

const list = (names: string[]) =>
  names
    .sort()
    .map((name) => `\`${name}\``)
    .join(", ");

describe("the README of the emulator", () => {
  it("lists the resources and functions that are supported", () => {
    const [, , ...rows] = readFileSync(README, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.replace(/ *\| */g, "|").slice(1, -1));
    assert.deepEqual(rows.sort(), supported());
  });
});
