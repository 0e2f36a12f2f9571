import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { inspect } from "node:util";
import { type EnvironmentOptions, InvalidConfigurationError, RefusedError } from "../../automation";
import { CONFIGURATION, Environments, PASSPHRASE } from "../support/environments";
import { failure } from "../support/failure";

const TEAM = "the-hidden-team";
const KEY = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY";
const SECRETS = [TEAM, KEY, PASSPHRASE];

const OPTIONS: Partial<EnvironmentOptions> = {
  configuration: { ...CONFIGURATION, tags: { team: TEAM } },
  secretKeys: ["tags"],
  environmentVariables: { AWS_SECRET_ACCESS_KEY: KEY },
};

describe("secrets of an environment", function () {
  this.timeout(120_000);
  const stage = Environments.forSuite();

  function assertHidden(told: unknown): void {
    const text = inspect(told, { depth: 20, showHidden: true, maxStringLength: null });
    for (const secret of SECRETS) assert.ok(!text.includes(secret), `${secret} is told in ${text}`);
  }

  it("are in no event and no result, though AWS gets them", async () => {
    const environment = await stage().open("secrets", OPTIONS);
    const told: unknown[] = [];
    const onProgress = (event: unknown) => told.push(event);
    told.push(await environment.preview({ onProgress }));
    told.push(await environment.up({ onProgress }));
    const open = await stage().open("secrets", { configuration: OPTIONS.configuration });
    assert.deepEqual((await open.preview()).counts, { same: 10 }, "AWS has other tags");
    const changed = await stage().open("secrets", {
      ...OPTIONS,
      configuration: { ...CONFIGURATION, tags: { team: `${TEAM}-2` } },
    });
    const preview = await changed.preview({ onProgress });
    assert.ok(
      preview.changes.some(({ properties }) => properties.some((one) => one.path === "tags")),
    );
    told.push(preview, await environment.history(), await environment.destroy({ onProgress }));
    assertHidden(told);
  });

  it("are in no error, nor in its cause", async () => {
    const wrong = { ...CONFIGURATION, instanceIds: ["i-0a1b2c3d4e5f69999"], tags: { team: TEAM } };
    const environment = await stage().open("wrong", { ...OPTIONS, configuration: wrong });
    assertHidden(await failure(environment.up(), RefusedError));
    const configuration = { ...CONFIGURATION, tags: { [TEAM.repeat(20)]: TEAM }, vpcId: KEY };
    const secretKeys = ["tags", "vpcId"] as const;
    const invalid = await failure(
      stage().open("invalid", { configuration, secretKeys }),
      InvalidConfigurationError,
    );
    assert.match(invalid.message, /vpcId must be .*, got a secret value/);
    assert.match(invalid.message, /tags must have a key of/);
    assertHidden(invalid);
  });

  it("are kept in the state encrypted only", async () => {
    const environment = await stage().open("kept", OPTIONS);
    await environment.up();
    const folder = path.join(stage().folder, "state");
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map((file) => readFile(path.join(file.parentPath, file.name), "utf8")),
    );
    assert.ok(
      texts.some((text) => text.includes("web-alb")),
      "the state was not found",
    );
    texts.forEach(assertHidden);
    await environment.destroy();
  });
});
