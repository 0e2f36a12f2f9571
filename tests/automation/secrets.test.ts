import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { inspect } from "node:util";
import {
  type Configuration,
  Environment,
  type EnvironmentOptions,
  InvalidConfigurationError,
  PassphraseError,
  RefusedError,
} from "../../automation";
import { secretsOf } from "../../automation/workspace";
import { CONFIGURATION, Environments, PASSPHRASE } from "../support/environments";
import { engine } from "../support/engine";
import { failure } from "../support/failure";
import { recordingServer } from "./recordingServer";
import { fakeEngine } from "./fakeEngine";

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

  function assertHidden(visible: unknown): void {
    const text = inspect(visible, { depth: 20, showHidden: true, maxStringLength: null });
    for (const secret of SECRETS)
      assert.ok(!text.includes(secret), `${secret} is visible in ${text}`);
  }

  it("are in no event and no result, though AWS gets them", async () => {
    const environment = await stage().open("secrets", OPTIONS);
    const visible: unknown[] = [];
    const onProgress = (event: unknown) => visible.push(event);
    visible.push(await environment.preview({ onProgress }));
    visible.push(await environment.up({ onProgress }));
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
    visible.push(preview, await environment.history(), await environment.destroy({ onProgress }));
    assertHidden(visible);
  });

  it("are in no error and in no cause of one", async () => {
    const wrong = { ...CONFIGURATION, instanceIds: ["i-0a1b2c3d4e5f69999"], tags: { team: TEAM } };
    const environment = await stage().open("wrong", { ...OPTIONS, configuration: wrong });
    assertHidden(await failure(environment.up(), RefusedError));
    const configuration = { ...CONFIGURATION, tags: { [TEAM.repeat(20)]: TEAM }, vpcId: KEY };
    const secretKeys = ["tags", "vpcId"] as const;
    const invalid = await failure(
      stage().open("invalid", { configuration, secretKeys }),
      InvalidConfigurationError,
    );
    assert.match(invalid.message, /vpcId must be .*, got \[secret\]/);
    assert.match(invalid.message, /tags has an invalid key: it must be/);
    assertHidden(invalid);
  });

  it("are kept in the state encrypted only, at any depth", async () => {
    const configuration: Configuration = {
      ...CONFIGURATION,
      tags: { team: TEAM },
      certificateArn:
        "arn:aws:acm:us-west-2:123456789012:certificate/0e57a11c-0000-4000-8000-000000000001",
      rules: {
        api: {
          httpHeaders: { "x-token": [TEAM] },
          authenticateOidc: {
            ...Object.fromEntries(
              ["issuer", "authorizationEndpoint", "tokenEndpoint", "userInfoEndpoint"].map(
                (key) => [key, `https://id.example.com/${TEAM}`] as const,
              ),
            ),
            clientId: TEAM,
            clientSecret: TEAM,
          } as NonNullable<NonNullable<Configuration["rules"]>[string]["authenticateOidc"]>,
          fixedResponse: { statusCode: 403, messageBody: TEAM },
        },
      },
      responseHeaders: { contentSecurityPolicy: `default-src ${TEAM}` },
    };
    const secretKeys = ["tags", "rules", "responseHeaders"] as const;
    const environment = await stage().open("kept", { ...OPTIONS, configuration, secretKeys });
    await environment.up();
    (await stateOf("kept")).forEach(assertHidden);
    await environment.destroy();
  });

  it("may be encrypted one by one in a settings file", async () => {
    const { command } = await engine();
    const settingsFolder = path.join(stage().folder, "encrypted");
    await mkdir(settingsFolder);
    await writeFile(
      path.join(settingsFolder, "Pulumi.yaml"),
      "name: load-balanced-group\nruntime: nodejs\n",
    );
    const env = { ...stage().variables, PULUMI_BACKEND_URL: stage().options("x").backend ?? "" };
    const pulumi = (...args: string[]) => {
      const options = {
        cwd: settingsFolder,
        env: { ...process.env, ...env },
        encoding: "utf8" as const,
      };
      const { status, stderr } = spawnSync(command, [...args, "--non-interactive"], options);
      assert.equal(status, 0, stderr);
    };
    pulumi("stack", "init", "nested", "--no-select");
    const set = (key: string, value: string, ...options: string[]) => {
      pulumi("config", "set", "-s", "nested", "--path", key, value, ...options);
    };
    set("aws:region", "us-west-2");
    CONFIGURATION.availabilityZones?.forEach((zone, index) => {
      set(`availabilityZones[${index}]`, zone);
    });
    set("rules.api.httpHeaders.x-token[0]", TEAM, "--secret");
    set("rules.api.fixedResponse.statusCode", "403");
    set("rules.api.fixedResponse.messageBody", TEAM, "--secret");
    set("defaultAction.fixedResponse.statusCode", "404");
    set("tags.team", TEAM, "--secret");
    set("vpcId", "vpc-0d3fa117000000001", "--secret");
    const options = { settingsFolder, configuration: undefined, region: undefined };
    const environment = await stage().open("nested", options);
    await environment.up();
    (await stateOf("nested")).forEach(assertHidden);
    await environment.destroy();

    set("port", "8080", "--secret");
    set("rules.api.pathPatterns[0]", "/api", "--secret");
    set("rules.api.priority", "90071992547409931");
    const { problems } = await failure(stage().open("nested", options), InvalidConfigurationError);
    const reasons = problems.map(({ reason }) => reason).join("\n");
    assert.match(reasons, /^port can't be secret, /m);
    assert.match(
      reasons,
      /^rules\.api\.pathPatterns\[0\] must be known at preview and can't be an output or a secret/m,
    );
    assert.match(reasons, /^rules\.api\.priority has too many digits for a number/m);
  });

  it("are refused if they can't be kept secret", async () => {
    const secretKeys = ["instanceIds"] as const;
    const error = await failure(
      stage().open("vain", { configuration: CONFIGURATION, secretKeys }),
      InvalidConfigurationError,
    );
    assert.match(error.problems[0].reason, /^instanceIds can't be secret, .*secretKeys$/);
  });

  it("are in no process's arguments", async () => {
    const folder = path.join(stage().folder, "watched");
    const log = path.join(stage().folder, "arguments");
    const engine = await fakeEngine(folder, `printf '%s\\n' "$@" >> '${log}'`);
    const environment = await stage().open("watched", { ...OPTIONS, engine });
    await environment.up();
    await environment.destroy();
    const commands = await readFile(log, "utf8");
    assert.match(commands, /^set\nload-balanced-group:tags\n--secret\n/m);
    assertHidden(commands);
  });

  it("stay encrypted with the state's own key, with any environment variables", async () => {
    const vault = await recordingServer(({ path: where, body }) => {
      const { plaintext, ciphertext } = JSON.parse(body) as Record<string, string>;
      const data = where.includes("/encrypt/")
        ? { ciphertext: `vault:v1:${plaintext}` }
        : { plaintext: ciphertext.replace("vault:v1:", "") };
      return JSON.stringify({ data });
    });
    try {
      const environmentVariables = {
        ...OPTIONS.environmentVariables,
        VAULT_SERVER_URL: vault.url,
        VAULT_SERVER_TOKEN: "vault-token",
      };
      const options = { ...OPTIONS, environmentVariables };
      const first = await stage().open("vault", {
        ...options,
        secretsProvider: "hashivault://key",
      });
      await first.up();
      for (const what of ["up", "destroy"] as const) {
        const later = await stage().open("vault", options);
        await later[what]();
        const [state] = await stateOf("vault");
        const { checkpoint } = JSON.parse(state) as {
          checkpoint: { latest: { secrets_providers: { type: string; state: { url: string } } } };
        };
        const { type, state: kept } = checkpoint.latest.secrets_providers;
        assert.deepEqual([type, kept.url], ["cloud", "hashivault://key"]);
      }
    } finally {
      await vault.close();
    }
  });

  for (const [reason, changes, advice] of [
    ["wrong", { PULUMI_CONFIG_PASSPHRASE: "another" }, /Correct PULUMI_CONFIG_PASSPHRASE/],
    [
      "missing",
      { PULUMI_CONFIG_PASSPHRASE: undefined },
      /Set PULUMI_CONFIG_PASSPHRASE to the passphrase/,
    ],
  ] as const) {
    it(`are not encrypted again by a passphrase that is ${reason}`, async () => {
      const plain = { configuration: CONFIGURATION };
      await (await stage().open(reason, plain)).up();
      const before = await stateOf(reason);
      const options = stage().options(reason, plain);
      const variables = Object.entries({ ...options.environmentVariables, ...changes });
      const environmentVariables = Object.fromEntries(
        variables.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
      );
      const error = await failure(
        Environment.open({ ...options, environmentVariables }),
        PassphraseError,
      );
      assert.equal(error.reason, reason);
      assert.match(error.message, advice);
      assert.deepEqual(await stateOf(reason), before);
      await (await stage().open(reason, plain)).destroy();
    });
  }

  it("may be in a backend's URL with a bare %", () => {
    const settings = { stack: {}, secrets: {}, region: "us-west-2" };
    const backend = "postgres://me:50%off@host/db";
    assert.deepEqual(secretsOf({ name: "dev", backend }, settings), ["50%off"]);
  });

  /** The files of an environment in the backend, the state first. */
  async function stateOf(name: string): Promise<string[]> {
    const folder = path.join(stage().folder, "state");
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const own = files.filter((file) => file.isFile() && file.name.startsWith(`${name}.`));
    const places = own.map((file) => path.join(file.parentPath, file.name));
    const rank = (place: string) =>
      place.endsWith(`/stacks/load-balanced-group/${name}.json`) ? 0 : 1;
    places.sort((one, other) => rank(one) - rank(other));
    assert.match(places[0], /stacks/);
    return Promise.all(places.map((place) => readFile(place, "utf8")));
  }
});
