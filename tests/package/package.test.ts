import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { symlink } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { useScratch } from "../support/scratch";

const ROOT = path.join(__dirname, "..", "..");

/** What importers of the package get, tried in processes of their own. */
describe("the package", function () {
  this.timeout(120_000);
  const scratch = useScratch();

  /** The JSON that a piece of JavaScript prints. */
  function run(script: string, cwd = ROOT, options: string[] = []): unknown {
    const { stdout, stderr, status } = spawnSync(process.execPath, [...options, "-e", script], {
      cwd,
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout);
  }
  const fromSource = ["-r", "ts-node/register/transpile-only"];

  it("exports the component and the choices of its arguments, nothing else", () => {
    const exported = run(
      'console.log(JSON.stringify(Object.keys(require("./index.ts"))))',
      ROOT,
      fromSource,
    );
    assert.deepEqual((exported as string[]).sort(), [
      "AdvertiseTrustStoreCaNames",
      "ContentType",
      "DesyncMitigationMode",
      "IpAddressType",
      "JwtClaimFormat",
      "KeyAlgorithm",
      "LoadBalancedGroup",
      "LoadBalancedService",
      "LoadBalancingAlgorithmType",
      "LoadBalancingAnomalyMitigation",
      "LoadBalancingCrossZone",
      "MutualAuthenticationMode",
      "OnUnauthenticatedRequest",
      "Preflight",
      "Protocol",
      "ProtocolVersion",
      "RedirectStatusCode",
      "StickinessType",
      "TargetGroupIpAddressType",
      "TargetType",
      "XffHeaderProcessingMode",
    ]);
  });

  it("loads neither awsx nor whole services of AWS but the one that it is about", () => {
    const files = run(
      'require("./index.ts"); console.log(JSON.stringify(Object.keys(require.cache)))',
      ROOT,
      fromSource,
    ) as string[];
    const packages = (name: string) =>
      files.filter((file) => file.includes(`node_modules${path.sep}@pulumi${path.sep}${name}`));
    assert.deepEqual(packages("awsx"), []);
    assert.ok(packages("aws").length > 0);
    const whole = packages("aws").filter((file) => /aws[\\/]index\.js$/.test(file));
    assert.deepEqual(whole, []);
    const services = packages("aws").map((file) => /aws[\\/](\w+)[\\/]index\.js$/.exec(file)?.[1]);
    const allowed = new Set([undefined, "config", "lb", "types"]);
    assert.deepEqual(
      services.filter((service) => !allowed.has(service)),
      [],
    );
  });

  it("gives workflow engines the order of fleets alone, and nobody Temporal", () => {
    const files = run(
      'require("./automation/fleet/order.ts"); console.log(JSON.stringify(Object.keys(require.cache)))',
      ROOT,
      fromSource,
    ) as string[];
    const loaded = files.filter((file) => file.includes(`${path.sep}automation${path.sep}`));
    assert.deepEqual(loaded.map((file) => path.basename(file)).sort(), [
      "order.ts",
      "plan.ts",
      "schedule.ts",
    ]);
    const packages = run('console.log(JSON.stringify(require("./package.json")))');
    assert.doesNotMatch(JSON.stringify(packages), /temporal/);
  });

  it("is compiled to what a JavaScript program can use, with types", async () => {
    const out = path.join(scratch(), "bin");
    const compiled = spawnSync(
      process.execPath,
      [
        path.join(ROOT, "node_modules", "typescript", "bin", "tsc"),
        ...["-p", path.join(ROOT, "tsconfig.build.json"), "--outDir", out],
      ],
      { cwd: ROOT, encoding: "utf8" },
    );
    assert.equal(compiled.status, 0, compiled.stdout);
    assert.ok(ts.sys.fileExists(path.join(out, "index.d.ts")));
    assert.ok(ts.sys.fileExists(path.join(out, "components", "loadBalancedGroup.d.ts")));
    await symlink(path.join(ROOT, "node_modules"), path.join(scratch(), "node_modules"));

    const made = run(
      `
      const pulumi = require("@pulumi/pulumi");
      const made = [];
      pulumi.runtime.setMocks({
        newResource(resource) {
          made.push(resource.name);
          return { id: resource.name, state: resource.inputs };
        },
        call: () => ({}),
      }).then(() => {
        const { LoadBalancedGroup } = require("./bin");
        const group = new LoadBalancedGroup("web", {
          availabilityZones: ["us-west-2a", "us-west-2b"],
          instanceIds: ["i-1"],
          securityGroupIds: ["sg-1"],
          port: 8080,
        });
        group.url.apply(() => console.log(JSON.stringify(made.sort())));
      });
      `,
      scratch(),
    );
    assert.deepEqual(made, [
      "web",
      "web-alb",
      "web-attachment-i-1:80",
      "web-listener-8080",
      "web-tg",
    ]);
  });

  it("documents every argument, of which the schema takes its descriptions", () => {
    const files = ts.sys.readDirectory(path.join(ROOT, "components", "args"), [".ts"]);
    const sources = files.map((file) =>
      ts.createSourceFile(file, ts.sys.readFile(file) ?? "", ts.ScriptTarget.ES2022, true),
    );
    const undocumented: string[] = [];
    let seen = 0;
    for (const statement of sources.flatMap((source) => [...source.statements])) {
      if (!ts.isInterfaceDeclaration(statement)) continue;
      for (const member of [statement, ...statement.members]) {
        seen += 1;
        const docs = ts.getJSDocCommentsAndTags(member);
        const text = docs.map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? "").join();
        if (!/\S\./.test(text) || text.includes("{@")) undocumented.push(member.getText());
      }
    }
    assert.ok(seen > 130, String(seen));
    assert.deepEqual(undocumented, []);
  });
});
