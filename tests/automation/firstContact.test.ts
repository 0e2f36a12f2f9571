import assert from "node:assert/strict";
import { mkdir, readFile, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { runCommand } from "./command";
import { engine } from "../support/engine";
import { CONFIGURATION, Environments } from "../support/environments";
import { freePort } from "../../emulator";
import { recordingServer } from "./recordingServer";

type Variables = Record<string, string | undefined>;

describe("the errors that a first-time user meets", function () {
  this.timeout(180_000);
  const stage = Environments.forSuite();
  let folder: string;
  let env: NodeJS.ProcessEnv;

  before(async () => {
    const { binFolder } = await engine();
    folder = path.join(stage().folder, "first");
    await mkdir(folder);
    await writeFile(path.join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    for (const name of ["dev", "other", "my dev"]) await settings(name);
    env = {
      ...Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !/^(AWS|PULUMI)_/.test(name)),
      ),
      ...stage().variables,
      HOME: folder,
      AWS_EC2_METADATA_DISABLED: "true",
      TS_NODE_PROJECT: path.join(__dirname, "../../tsconfig.json"),
      PULUMI_BACKEND_URL: stage().options("dev").backend,
      PATH: [binFolder, process.env.PATH].join(path.delimiter),
    };
    const { code, stdout } = await runCommand(folder, env, ["up", "dev"]);
    assert.equal(code, 0, stdout);
  });

  function settings(name: string): Promise<void> {
    const values = Object.entries(CONFIGURATION);
    const config = Object.fromEntries(values.map(([key, value]) => [`shop:${key}`, value]));
    const text = JSON.stringify({ config: { "aws:region": "us-west-2", ...config } });
    return writeFile(path.join(folder, `Pulumi.${name}.yaml`), text);
  }

  /** Runs the command as it is meant to be read, and as a program reads it. */
  async function meets(
    args: string[],
    changes: Variables,
    kind: string,
    ...says: RegExp[]
  ): Promise<void> {
    const variables = { ...env, ...changes };
    const { code, stdout } = await runCommand(folder, variables, args);
    assert.notEqual(code, 0, stdout);
    for (const words of says) assert.match(stdout, words);
    assert.ok(stdout.split("\n").length <= 5, `a dump:\n${stdout}`);
    assert.doesNotMatch(stdout, / at .*\.[jt]s:|exit code|stderr|rpc error/);
    const json = await runCommand(folder, variables, [...args, "--json"]);
    const { environments } = JSON.parse(json.stdout) as {
      environments: Record<string, { error: { kind: string } }>;
    };
    assert.equal(environments[args[1]].error.kind, kind);
  }

  it("nobody is logged in", async () => {
    const nobody = { PULUMI_BACKEND_URL: undefined, PULUMI_HOME: path.join(folder, "none") };
    await meets(
      ["preview", "dev"],
      nobody,
      "backend-unusable",
      /^open dev: .*nobody is logged in\nSet PULUMI_BACKEND_URL.*\. Or log in with pulumi login\.$/m,
    );
  });

  it("the backend's folder is not there", async () => {
    await meets(
      ["up", "dev"],
      { PULUMI_BACKEND_URL: "file:///nowhere/at/all" },
      "backend-unusable",
      /^open dev: its backend does not exist: .*\nSet PULUMI_BACKEND_URL/m,
    );
  });

  it("the backend does not answer", async () => {
    const port = await freePort();
    const url = `s3://state?endpoint=http://127.0.0.1:${port}&region=us-west-2&s3ForcePathStyle=true`;
    await meets(
      ["up", "dev"],
      { PULUMI_BACKEND_URL: url, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" },
      "backend-unusable",
      /^open dev: its backend can't be reached: .*connection refused\nCheck PULUMI_BACKEND_URL/m,
    );
    await meets(
      ["up", "dev"],
      { PULUMI_BACKEND_URL: `http://127.0.0.1:${port}`, PULUMI_ACCESS_TOKEN: "pul-1" },
      "backend-unusable",
      /^open dev: its backend can't be reached: /m,
    );
  });

  it("there is no passphrase, or another one", async () => {
    for (const name of ["dev", "other"]) {
      const none = { PULUMI_CONFIG_PASSPHRASE: undefined };
      const what = new RegExp(
        `^open ${name}: the passphrase for its secrets is missing.*\nSet PULUMI_CONFIG_PASSPHRASE`,
        "m",
      );
      await meets(["preview", name], none, "passphrase", what);
    }
    const wrong = { PULUMI_CONFIG_PASSPHRASE: "wrong" };
    const what =
      /^open dev: its secrets are encrypted with another passphrase; nothing was changed\nCorrect/m;
    for (const verb of ["up", "status", "destroy"]) {
      await meets(
        [verb, "dev", ...(verb === "destroy" ? ["--yes"] : [])],
        wrong,
        "passphrase",
        what,
      );
    }
  });

  it("the environment has a name that no stack can have", async () => {
    const what = /name must have 1 to 100 letters, .*, got "my dev"/;
    await meets(["up", "my dev"], {}, "invalid-configuration", what);
  });

  it("there are no credentials, or some that have expired", async () => {
    const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
    await meets(
      ["status", "dev"],
      none,
      "credentials",
      /^health dev: there are no credentials for AWS\nSet AWS_PROFILE to /m,
    );
    const error =
      "<Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>old</Message></Error>";
    const aws = await recordingServer((_, { url }) => {
      assert.ok(url);
      return { status: 403, body: `<ErrorResponse>${error}</ErrorResponse>` };
    });
    try {
      await meets(
        ["status", "dev"],
        { AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2: aws.url },
        "credentials",
        /^health dev: the credentials have expired\nRenew them/m,
      );
    } finally {
      await aws.close();
    }
  });

  it("AWS does not answer", async () => {
    await meets(
      ["status", "dev"],
      { AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2: `http://127.0.0.1:${await freePort()}` },
      "unreachable",
      /^health dev: AWS can't be reached: ECONNREFUSED.*\nCheck the region's name/m,
    );
  });

  it("nothing is deployed", async () => {
    const nowhere = /^open other: there is no such environment in the backend\n/m;
    await meets(["destroy", "other", "--yes"], {}, "not-found", nowhere);
    await runCommand(folder, env, ["preview", "other"]);
    const { code, stdout } = await runCommand(folder, env, ["destroy", "other", "--yes"]);
    assert.equal(code, 0);
    assert.equal(stdout, "other destroy: nothing is deployed\n");
  });

  it("the state was cut by a full disk, and the backup is restored", async () => {
    const state = path.join(stage().folder, "state", ".pulumi", "stacks", "shop", "dev.json");
    await truncate(state, 100);
    await meets(
      ["up", "dev"],
      {},
      "backend-unusable",
      /^open dev: its state can't be read: .*\nIn the backend, delete \.pulumi\/stacks\/<project>\/dev\.json\.attrs\. .*dev\.json\.bak over /m,
    );
    await writeFile(state, await readFile(`${state}.bak`));
    assert.equal((await runCommand(folder, env, ["drift", "dev"])).code, 0);
  });
});
