import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type AwsAccess, clientConfig } from "../../automation/awsClient";
import { recordingServer, type RecordingServer } from "./recordingServer";
import { useScratch } from "../support/scratch";

/** The STS of an account in which every role may be assumed; the credentials tell which one was. */
function assumed(body: string): string {
  const query = new URLSearchParams(body);
  const action = query.get("Action") ?? "";
  const key = query.get("RoleArn")?.split("/").at(-1) ?? "none";
  return `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>
    <AccessKeyId>${key}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
    <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></${action}Result></${action}Response>`;
}

describe("the credentials of the AWS client", () => {
  const scratch = useScratch();
  let sts: RecordingServer;

  before(async () => {
    sts = await recordingServer(({ body }) => assumed(body));
  });
  after(() => sts.close());
  beforeEach(() => {
    sts.requests.length = 0;
  });

  const KEYS = { AWS_ACCESS_KEY_ID: "FROM-VARIABLES", AWS_SECRET_ACCESS_KEY: "secret" };

  async function keyOf(
    provider: AwsAccess["provider"],
    variables: NodeJS.ProcessEnv = {},
  ): Promise<string> {
    const endpoints = JSON.stringify([{ sts: sts.url }]);
    const access = { region: "us-west-2", provider: { endpoints, ...provider }, variables };
    const { credentials } = await clientConfig(access);
    assert.ok(typeof credentials === "function");
    return (await credentials()).accessKeyId;
  }

  async function profiles(): Promise<NodeJS.ProcessEnv> {
    const file = path.join(scratch(), "credentials");
    const profile = (name: string) =>
      `[${name}]\naws_access_key_id = OF-${name}\naws_secret_access_key = secret\n`;
    await writeFile(file, profile("prod") + profile("dev"));
    return { AWS_SHARED_CREDENTIALS_FILE: file, AWS_CONFIG_FILE: path.join(scratch(), "none") };
  }

  it("uses the keys in the environment variables", async () => {
    assert.equal(await keyOf({}, KEYS), "FROM-VARIABLES");
  });

  it("uses the provider's profile, even with keys in the environment variables", async () => {
    assert.equal(await keyOf({ profile: "prod" }, { ...KEYS, ...(await profiles()) }), "OF-prod");
    assert.equal(await keyOf({}, { AWS_PROFILE: "dev", ...(await profiles()) }), "OF-dev");
    const { AWS_SHARED_CREDENTIALS_FILE: file = "" } = await profiles();
    const sharedCredentialsFiles = JSON.stringify([file]);
    assert.equal(await keyOf({ profile: "dev", sharedCredentialsFiles }), "OF-dev");
  });

  it("uses the provider's own keys", async () => {
    assert.equal(await keyOf({ accessKey: "OWN", secretKey: "secret" }, KEYS), "OWN");
  });

  it("assumes the provider's roles one after the other", async () => {
    const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
    const assumeRoles = JSON.stringify([
      { roleArn: role("first"), externalId: "x-1", duration: "1h30m" },
      { roleArn: role("second"), sessionName: "me" },
    ]);
    assert.equal(await keyOf({ assumeRoles }, KEYS), "second");
    assert.deepEqual(
      sts.requests.map(({ accessKey }) => accessKey),
      ["FROM-VARIABLES", "first"],
    );
    const [first, second] = sts.requests.map(({ body }) => new URLSearchParams(body));
    assert.deepEqual([first.get("ExternalId"), first.get("DurationSeconds")], ["x-1", "5400"]);
    assert.equal(second.get("RoleSessionName"), "me");
    assert.equal(await keyOf({ assumeRole: `{"roleArn":"${role("old")}"}` }, KEYS), "old");
  });

  it("sends the provider's web identity, or that of the environment variables", async () => {
    const file = path.join(scratch(), "token");
    await writeFile(file, "a-token\n");
    const roleArn = "arn:aws:iam::123456789012:role/web";
    const role = JSON.stringify({ roleArn, webIdentityTokenFile: file });
    assert.equal(await keyOf({ assumeRoleWithWebIdentity: role }, KEYS), "web");
    const variables = { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: roleArn };
    assert.equal(await keyOf({}, variables), "web");
    for (const { body } of sts.requests) {
      assert.match(new URLSearchParams(body).get("WebIdentityToken") ?? "", /^a-token\n?$/);
    }
  });

  it("calls the provider's endpoints", async () => {
    const access = { region: "eu-west-1", variables: { AWS_ENDPOINT_URL: "http://other" } };
    const endpoints = JSON.stringify([{ elbv2: "http://own" }]);
    const config = await clientConfig({ ...access, provider: { endpoints } });
    assert.deepEqual([config.endpoint, config.region], ["http://own", "eu-west-1"]);
    assert.equal((await clientConfig({ ...access, provider: {} })).endpoint, "http://other");
    const fips = await clientConfig({ ...access, provider: { useFipsEndpoint: "true" } });
    assert.equal(fips.useFipsEndpoint, true);
  });
});
