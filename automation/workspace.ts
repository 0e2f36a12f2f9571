import path from "node:path";
import { LocalWorkspace, Stack, StackNotFoundError } from "@pulumi/pulumi/automation";
import type { EngineCommand } from "./engineCommand";
import { InvalidConfigurationError, NotFoundError, PassphraseError } from "./errors";
import { DEFAULT_PROJECT, type EnvironmentOptions } from "./options";
import { secretValues } from "./redaction";
import {
  describeProvider,
  isPassphraseOf,
  passphraseIn,
  providerOfSettings,
  providerOfState,
  type SecretsProvider,
} from "./secretsProvider";
import type { Settings } from "./settings";

/** Opens an environment's stack with a workspace in the folder, which no other environment uses. */
export async function openStack(
  options: EnvironmentOptions,
  settings: Settings,
  engine: EngineCommand,
  workDir: string,
): Promise<Stack> {
  const { name, project = DEFAULT_PROJECT, secretsProvider, mustExist } = options;
  const envVars = variablesOf(options);
  const workspace = await LocalWorkspace.create({
    workDir,
    pulumiCommand: engine.sdk,
    envVars,
    secretsProvider,
    projectSettings: { name: project, runtime: "nodejs" },
    stackSettings: { [name]: settings.stack },
  });
  const known = await existing(name, workspace);
  if (known === undefined && mustExist) throw new NotFoundError(name, "open", undefined);
  const stack = known ?? (await Stack.createOrSelect(name, workspace));
  await keepSecretsProvider(stack, workspace, settings, options);
  for (const [key, value] of Object.entries(settings.secrets)) {
    // As standard input, because all users of the machine can see the arguments of a process.
    const args = ["config", "set", key, "--secret", "--stack", name];
    await engine.runWithInput(args, value, workDir, envVars);
  }
  return stack;
}

async function existing(name: string, workspace: LocalWorkspace): Promise<Stack | undefined> {
  try {
    return await Stack.select(name, workspace);
  } catch (error) {
    if (error instanceof StackNotFoundError) return undefined;
    throw error;
  }
}

/**
 * Writes the secrets provider of the state into the workspace's settings. Otherwise the engine would encrypt the
 * secrets again, with any passphrase that is in the environment variables.
 *
 * @throws InvalidConfigurationError if the settings have another provider, PassphraseError.
 */
async function keepSecretsProvider(
  stack: Stack,
  workspace: LocalWorkspace,
  { stack: given }: Settings,
  { name, environmentVariables }: EnvironmentOptions,
): Promise<void> {
  const ofState = providerOfState(await stack.exportStack());
  const ofSettings = providerOfSettings(given);
  const isNamed = Object.keys(ofSettings).length > 0;
  if (isNamed && Object.keys(ofState).length > 0 && !isSameProvider(ofSettings, ofState)) {
    const reason =
      `Pulumi.${name}.yaml in settingsFolder encrypts with ${describeProvider(ofSettings)}, but the state is encrypted with ` +
      `${describeProvider(ofState)}; if the file has no encrypted values, remove secretsprovider, encryptedkey and ` +
      "encryptionsalt from it; otherwise run in settingsFolder: " +
      `pulumi stack change-secrets-provider --stack ${name} "${ofSettings.secretsProvider ?? "passphrase"}"`;
    throw new InvalidConfigurationError(name, [{ propertyPath: "settingsFolder", reason }]);
  }
  const salts = new Set([ofState.encryptionSalt, ofSettings.encryptionSalt]);
  for (const salt of salts) {
    if (salt !== undefined)
      await checkPassphrase(name, salt, { ...process.env, ...environmentVariables });
  }
  if (!isNamed && Object.keys(ofState).length > 0) {
    const settings = await workspace.stackSettings(name);
    await workspace.saveStackSettings(name, { ...settings, ...ofState });
  }
}

const isSameProvider = (one: SecretsProvider, other: SecretsProvider) =>
  describeProvider(one) === describeProvider(other);

async function checkPassphrase(
  environment: string,
  salt: string,
  variables: NodeJS.ProcessEnv,
): Promise<void> {
  const passphrase = await passphraseIn(variables);
  if (passphrase === undefined) throw new PassphraseError(environment, "open", "missing");
  if (!(await isPassphraseOf(passphrase, salt)))
    throw new PassphraseError(environment, "open", "wrong");
}

/** The engine's environment variables, with absolute paths, because the engine runs in another folder. */
function variablesOf({ environmentVariables, backend }: EnvironmentOptions) {
  const given = backend === undefined ? {} : { PULUMI_BACKEND_URL: backend };
  const all: NodeJS.ProcessEnv = { ...process.env, ...given, ...environmentVariables };
  const { PULUMI_BACKEND_URL: url = "", PULUMI_CONFIG_PASSPHRASE_FILE: file = "" } = all;
  return {
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...environmentVariables,
    ...(url === "" ? {} : { PULUMI_BACKEND_URL: absoluteUrl(url) }),
    ...(file === "" ? {} : { PULUMI_CONFIG_PASSPHRASE_FILE: path.resolve(file) }),
  };
}

function absoluteUrl(url: string): string {
  const relative = /^file:\/\/(?![/~\\]|[A-Za-z]:)([^?]*)/.exec(url)?.at(1);
  if (relative === undefined) return url;
  return `file://${path.resolve(relative)}${url.slice("file://".length + relative.length)}`;
}

/** The values that must not appear in messages. */
export function secretsOf(
  { environmentVariables = {}, backend }: EnvironmentOptions,
  { secrets }: Settings,
): string[] {
  return [...secretValues(environmentVariables), ...Object.values(secrets), ...passwordOf(backend)];
}

/** The password in a backend's URL, as it is written and decoded. */
function passwordOf(backend = ""): string[] {
  const { password = "" } = URL.canParse(backend) ? new URL(backend) : {};
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    // It has a % that encodes nothing.
    return [password];
  }
}
