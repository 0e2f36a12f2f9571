import { readFile } from "node:fs/promises";
import type { ElasticLoadBalancingV2ClientConfig } from "@aws-sdk/client-elastic-load-balancing-v2";
import type * as providers from "@aws-sdk/credential-providers";
import { entriesOf, strings, valueAt } from "../components/checks";

/** The configuration of the AWS provider, from which region, endpoint and credentials are read. */
export interface AwsAccess {
  readonly region: string;
  /** The provider's configuration by its keys, without the prefix "aws:". Lists and objects are JSON. */
  readonly provider: Readonly<Partial<Record<string, string>>>;
  /** The engine's environment variables. */
  readonly variables: NodeJS.ProcessEnv;
}

type Credentials = ReturnType<typeof providers.fromNodeProviderChain>;
type Providers = typeof providers;

/**
 * The configuration of an AWS SDK client with the credentials with which the engine deploys. The SDK itself
 * reads only the environment variables of this process, and not the provider's configuration.
 *
 * https://www.pulumi.com/registry/packages/aws/installation-configuration/
 */
export async function clientConfig(access: AwsAccess): Promise<ElasticLoadBalancingV2ClientConfig> {
  const { region, provider, variables } = access;
  // Loaded only here, because most programs never read the targets' health.
  const sdk = await import("@aws-sdk/credential-providers");
  return {
    region,
    endpoint: endpointOf(access, ["elbv2", "elasticloadbalancingv2"], "ELASTIC_LOAD_BALANCING_V2"),
    useFipsEndpoint: isSet(provider.useFipsEndpoint ?? variables.AWS_USE_FIPS_ENDPOINT),
    useDualstackEndpoint: isSet(
      provider.useDualstackEndpoint ?? variables.AWS_USE_DUALSTACK_ENDPOINT,
    ),
    credentials: withRoles(sdk, await baseCredentials(sdk, access), access),
  };
}

const isSet = (value: string | undefined) => value === "true";

/** The endpoint of a service, if it is not AWS's default. */
function endpointOf(
  { provider, variables }: AwsAccess,
  names: readonly string[],
  variable: string,
): string | undefined {
  const configured = listOf(provider.endpoints).flatMap((one) =>
    names.map((name) => textAt(one, name)),
  );
  const found = configured.find((one) => one !== undefined);
  return found ?? variables[`AWS_ENDPOINT_URL_${variable}`] ?? variables.AWS_ENDPOINT_URL;
}

/** The credentials before any role is assumed. */
async function baseCredentials(sdk: Providers, access: AwsAccess): Promise<Credentials> {
  const { provider, variables } = access;
  const web = parsed(provider.assumeRoleWithWebIdentity);
  if (valueAt(web, "roleArn") !== undefined) return webIdentityCredentials(sdk, web, access);
  const own = keys(provider.accessKey, provider.secretKey, provider.token);
  if (own !== undefined) return own;
  const files = {
    filepath:
      listOf(provider.sharedCredentialsFiles).at(0) ?? variables.AWS_SHARED_CREDENTIALS_FILE,
    configFilepath: listOf(provider.sharedConfigFiles).at(0) ?? variables.AWS_CONFIG_FILE,
  };
  const shared = Object.fromEntries(
    Object.entries(files).flatMap(([key, file]) => (typeof file === "string" ? [[key, file]] : [])),
  );
  if (provider.profile !== undefined) return sdk.fromIni({ ...shared, profile: provider.profile });
  const {
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_SESSION_TOKEN: token,
    AWS_WEB_IDENTITY_TOKEN_FILE: webIdentityTokenFile,
    AWS_ROLE_ARN: roleArn,
    AWS_PROFILE: profile,
  } = variables;
  const given = keys(id, secret, token);
  if (given !== undefined) return given;
  if (webIdentityTokenFile && roleArn) {
    return sdk.fromTokenFile({
      clientConfig: stsConfig(access),
      webIdentityTokenFile,
      roleArn,
      roleSessionName: variables.AWS_ROLE_SESSION_NAME,
    });
  }
  if (profile) return sdk.fromIni({ ...shared, profile });
  return sdk.fromNodeProviderChain(shared);
}

function keys(
  accessKeyId: string | undefined,
  secretAccessKey: string | undefined,
  sessionToken: string | undefined,
): Credentials | undefined {
  if (!accessKeyId || !secretAccessKey) return undefined;
  return () => Promise.resolve({ accessKeyId, secretAccessKey, sessionToken });
}

async function webIdentityCredentials(
  sdk: Providers,
  role: unknown,
  access: AwsAccess,
): Promise<Credentials> {
  const file = textAt(role, "webIdentityTokenFile");
  const token = textAt(role, "webIdentityToken") ?? (file && (await readFile(file, "utf8"))) ?? "";
  return sdk.fromWebToken({
    clientConfig: stsConfig(access),
    webIdentityToken: token.trim(),
    roleArn: textAt(role, "roleArn") ?? "",
    roleSessionName: textAt(role, "sessionName") ?? SESSION,
    durationSeconds: secondsOf(textAt(role, "duration")),
    policy: textAt(role, "policy"),
  });
}

const SESSION = "load-balanced-group";

/** Assumes the roles one after another, each with the credentials of the one before. */
function withRoles(sdk: Providers, base: Credentials, access: AwsAccess): Credentials {
  const { provider } = access;
  const roles = [...listOf(provider.assumeRoles), parsed(provider.assumeRole)];
  const clientConfig = stsConfig(access);
  return roles
    .filter((role) => textAt(role, "roleArn") !== undefined)
    .reduce<Credentials>(
      (masterCredentials, role) =>
        sdk.fromTemporaryCredentials({ masterCredentials, clientConfig, params: paramsOf(role) }),
      base,
    );
}

/** The region and the endpoint of STS. */
const stsConfig = (access: AwsAccess) => ({
  region: access.provider.stsRegion ?? access.region,
  endpoint: endpointOf(access, ["sts"], "STS"),
});

/** The parameters of STS's AssumeRole, from the provider's configuration of the role. */
function paramsOf(role: unknown): providers.FromTemporaryCredentialsOptions["params"] {
  const tags = entriesOf(valueAt(role, "tags"));
  const policies = strings(valueAt(role, "policyArns"));
  return {
    RoleArn: textAt(role, "roleArn"),
    RoleSessionName: textAt(role, "sessionName") ?? SESSION,
    ExternalId: textAt(role, "externalId"),
    Policy: textAt(role, "policy"),
    SourceIdentity: textAt(role, "sourceIdentity"),
    DurationSeconds: secondsOf(textAt(role, "duration")),
    PolicyArns: policies.length === 0 ? undefined : policies.map((arn) => ({ arn })),
    Tags:
      tags.length === 0 ? undefined : tags.map(([Key, value]) => ({ Key, Value: String(value) })),
    TransitiveTagKeys: strings(valueAt(role, "transitiveTagKeys")),
  };
}

/** The seconds of a duration in Go's format, such as "1h30m". */
function secondsOf(duration: string | undefined): number | undefined {
  if (duration === undefined) return undefined;
  const units: Partial<Record<string, number>> = { h: 3600, m: 60, s: 1 };
  const parts = [...duration.matchAll(/(\d+)([hms])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit] ?? 0), 0);
}

function textAt(value: unknown, key: string): string | undefined {
  const found = valueAt(value, key);
  return typeof found === "string" && found !== "" ? found : undefined;
}

function listOf(text: string | undefined): unknown[] {
  const value = parsed(text);
  return Array.isArray(value) ? value : [];
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
