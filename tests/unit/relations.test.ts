import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { mock } from "node:test";
import path from "node:path";
import ts from "typescript";
import { ArgumentPath } from "../../components/checks/argumentPath";
import { findProblems, findProblemsOfService } from "../../components/validation";
import { ROOT } from "../../tools/package/manifest";
import { BAD_ARGUMENTS } from "../arguments";
import { BAD_SERVICES } from "../arguments/service";
import { ZONES } from "../support/exampleArgs";

/** Where the check of a relation is in the source. */
interface RelationCheck {
  /** The constant or function that holds the relation. */
  readonly name: string;
  readonly file: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** A line of the source that was being executed. */
interface Location {
  readonly file: string;
  readonly line: number;
}

const COMPONENTS = path.join(ROOT, "components");
const sources = readdirSync(COMPONENTS, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => path.join(COMPONENTS, name));

describe("each relation between arguments has bad arguments that it reports:", function () {
  this.timeout(60_000);
  let reporting: readonly Location[] = [];

  before(() => {
    reporting = locationsOfReports();
  });

  for (const { name, file, firstLine, lastLine } of sources.flatMap(relationsIn)) {
    it(`${name} in ${path.relative(ROOT, file)}:${firstLine}`, () => {
      const reports = reporting.some(
        (one) => one.file === file && one.line >= firstLine && one.line <= lastLine,
      );
      assert.ok(
        reports,
        `${name} reports no bad arguments of tests/arguments/; add a \`bad\` case to the table of its topic`,
      );
    });
  }
});

/** The lines that are executed when the bad arguments are reported. */
function locationsOfReports(): readonly Location[] {
  const found = new Map<string, Location>();
  const report: ArgumentPath["reportText"] = Object.getOwnPropertyDescriptor(
    ArgumentPath.prototype,
    "reportText",
  )?.value;
  const mocked = mock.method(
    ArgumentPath.prototype,
    "reportText",
    function (this: ArgumentPath, ...args: Parameters<ArgumentPath["reportText"]>) {
      for (const [text, file, line] of (new Error().stack ?? "").matchAll(
        /(\/[^\n]+):(\d+):\d+/g,
      )) {
        found.set(text, { file, line: Number(line) });
      }
      Reflect.apply(report, this, args);
    },
  );
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 20;
  try {
    for (const { args } of BAD_ARGUMENTS) findProblems("web", { ...ZONES, ...args });
    for (const { args } of BAD_SERVICES) findProblemsOfService("web", args);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    mocked.mock.restore();
  }
  return [...found.values()];
}

/** The relations of a source file: the objects with `properties` and a method `check`. */
function relationsIn(file: string): RelationCheck[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, "utf8"),
    ts.ScriptTarget.ES2022,
    true,
  );
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
  const found: RelationCheck[] = [];
  const visit = (node: ts.Node, holder: string): void => {
    const isNamed = ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node);
    const name = isNamed ? (node.name?.getText() ?? holder) : holder;
    if (ts.isObjectLiteralExpression(node)) {
      const member = (key: string) => node.properties.find((one) => one.name?.getText() === key);
      const check = member("check");
      if (check !== undefined && member("properties") !== undefined) {
        const [firstLine, lastLine] = [check.getStart(), check.getEnd()].map(lineOf);
        found.push({ name, file, firstLine, lastLine });
      }
    }
    ts.forEachChild(node, (child) => {
      visit(child, name);
    });
  };
  visit(source, "");
  return found;
}
