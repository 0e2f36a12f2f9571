import assert from "node:assert/strict";
import { blocksIn, documents } from "./documents";
import { compilerComplaints } from "../support/docPrograms";

/** What programs in the documents take from the program around them, by a word in them. */
const AROUND: Readonly<Record<string, string>> = {
  "blue.id": `import * as aws from "@pulumi/aws";
    import { LoadBalancedGroup } from "load-balanced-group";
    declare const blue: aws.ec2.Instance, green: aws.ec2.Instance;
    export { shop };`,
  "request.signal": "declare const request: Request; export { outputs, counts };",
  "...customers": `import type { EnvironmentOptions } from "load-balanced-group/automation";
    declare const dev: EnvironmentOptions, test: EnvironmentOptions, customers: EnvironmentOptions[];
    export { environments, counts };`,
};

describe("the blocks of the documents", function () {
  this.timeout(60_000);
  const blocks = documents().flatMap(blocksIn);

  it("are of a kind that a test runs, compiles or reads, or say why not", () => {
    const kinds = ["", "yaml", "ts", "json", "text"];
    const others = blocks.filter(({ language, notRun }) => !kinds.includes(language) && !notRun);
    assert.deepEqual(others, []);
    assert.ok(blocks.length > 20, String(blocks.length));
    const reasons = blocks.flatMap(({ notRun }) => notRun ?? []);
    assert.deepEqual(
      reasons.filter((reason) => reason.trim().split(" ").length < 3),
      [],
    );
  });

  it("are compiled where they are TypeScript", () => {
    const programs = blocks
      .filter(({ language }) => language === "ts")
      .map(({ text }) => {
        const around = Object.entries(AROUND).filter(([word]) => text.includes(word));
        return [...around.map(([, program]) => program), text].join("\n");
      });
    assert.ok(programs.length > 7, String(programs.length));
    assert.deepEqual(compilerComplaints(programs), []);
  });

  it("can be read where they are JSON", () => {
    for (const { text } of blocks.filter(({ language }) => language === "json")) JSON.parse(text);
  });
});
