import { LocalWorkspace, type StackSettings } from "@pulumi/pulumi/automation";
import * as pulumi from "@pulumi/pulumi";
import { entriesOf, isRecord, type ReportedProblem, valueAt } from "../components/checks";
import { findConfigProblems, secrecyProblems, withoutValue } from "../stacks/configuration";
import { settingOf } from "../stacks/parsing";
import { keyOf } from "../stacks/remedies";
import type { EngineCommand } from "./engineCommand";
import { InvalidConfigurationError } from "./errors";
import { DEFAULT_PROJECT, type EnvironmentOptions } from "./options";

/** The settings of a stack for its workspace, and the values that must be encrypted first. */
export interface Settings {
  readonly stack: StackSettings;
  readonly secrets: Readonly<Record<string, string>>;
  readonly region: string;
}

/** Settings before their checks. */
type Draft = Omit<Settings, "region"> & { readonly region: string | undefined };

/** Provider configuration that is refused, because it would be plain text in the settings and in the state. */
const CREDENTIALS = {
  accessKey: "AWS_ACCESS_KEY_ID",
  secretKey: "AWS_SECRET_ACCESS_KEY",
  token: "AWS_SESSION_TOKEN",
};

/**
 * The settings of a stack with these options.
 *
 * @throws InvalidConfigurationError with all problems.
 */
export async function settingsOf(
  options: EnvironmentOptions,
  findEngine: () => Promise<EngineCommand>,
): Promise<Settings> {
  const { name, configuration, settingsFolder } = options;
  if ((configuration === undefined) === (settingsFolder === undefined)) {
    const reason = "exactly one of configuration and settingsFolder is required";
    throw new InvalidConfigurationError(name, [{ propertyPath: "configuration", reason }]);
  }
  const [settings, problems] =
    settingsFolder === undefined
      ? fromConfiguration(options)
      : fromFile(options, await readSettings(name, settingsFolder, await findEngine()));
  const all = [...problems, ...ownProblems(options, settings)];
  const { region } = settings;
  if (all.length > 0 || region === undefined) throw new InvalidConfigurationError(name, all);
  return { ...settings, region };
}

function fromConfiguration(options: EnvironmentOptions): [Draft, ReportedProblem[]] {
  const { configuration = {}, region, secretKeys = [], providerConfiguration = {} } = options;
  const { project = DEFAULT_PROJECT } = options;
  const isSecret = (key: string) => secretKeys.some((secret) => secret === key);
  const problems = findConfigProblems({ ...configuration }, region);
  const aws = { ...providerConfiguration, ...(region === undefined ? {} : { region }) };
  const config: Record<string, string> = prefixed("aws", aws);
  const secrets: Record<string, string> = {};
  for (const [key, value] of Object.entries<unknown>(configuration)) {
    if (value === undefined) continue;
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const target = isSecret(key) ? secrets : config;
    target[`${project}:${key}`] = text;
  }
  const safeProblems = problems.map((problem) =>
    isSecret(keyOf(problem.propertyPath, configuration)) ? withoutValue(problem) : problem,
  );
  const uselessSecrets = secrecyProblems(configuration, isSecret, "remove it from secretKeys");
  return [{ stack: { config }, secrets, region }, [...safeProblems, ...uselessSecrets]];
}

/** Reads a settings file with the SDK's workspace. */
async function readSettings(
  name: string,
  workDir: string,
  { sdk: pulumiCommand }: EngineCommand,
): Promise<StackSettings> {
  try {
    const workspace = await LocalWorkspace.create({ workDir, pulumiCommand });
    return await workspace.stackSettings(name);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reason = `settingsFolder must contain Pulumi.${name}.yaml: ${message}`;
    throw new InvalidConfigurationError(name, [{ propertyPath: "settingsFolder", reason }]);
  }
}

function fromFile(options: EnvironmentOptions, read: StackSettings): [Draft, ReportedProblem[]] {
  const { project = DEFAULT_PROJECT, providerConfiguration = {} } = options;
  const entries: [string, unknown][] = Object.entries(read.config ?? {});
  const region = options.region ?? text(entries.find(([key]) => key === "aws:region")?.[1]);
  const overrides = { ...providerConfiguration, ...(region === undefined ? {} : { region }) };
  const config = { ...Object.fromEntries(entries), ...prefixed("aws", overrides) };
  const own = entries
    .filter(([key]) => key.startsWith(`${project}:`))
    .map(([key, value]): [string, unknown] => [key.slice(project.length + 1), value]);
  const isEncryptedKey = (key: string) =>
    own.some(([one, value]) => one === key && isEncrypted(value));
  const values = Object.fromEntries(
    own
      .filter(([key]) => !isEncryptedKey(key))
      .map(([key, value]) => [key, settingOf(key, withoutEncrypted(value))]),
  );
  const encrypted = Object.fromEntries(own.filter(([key]) => isEncryptedKey(key)));
  const problems = [
    ...findConfigProblems(values, region).filter(
      ({ propertyPath }) => !isEncryptedKey(keyOf(propertyPath, values)),
    ),
    ...secrecyProblems(encrypted, isEncryptedKey, "set it without --secret"),
    ...own.flatMap(([key, value]) => inexactNumbers(key, value)),
  ];
  const stack = { ...read, config };
  return [{ stack, secrets: {}, region }, problems];
}

/**
 * The value with an unknown output instead of each encrypted value in it.
 */
function withoutEncrypted(value: unknown): unknown {
  if (isEncrypted(value)) return pulumi.output(new Promise<string>(() => undefined));
  if (Array.isArray(value)) return value.map(withoutEncrypted);
  const entries = entriesOf(value).map(([key, one]) => [key, withoutEncrypted(one)]);
  return isRecord(value) ? Object.fromEntries(entries) : value;
}

/** The problems of numbers with too many digits for JavaScript. */
function inexactNumbers(path: string, value: unknown): ReportedProblem[] {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    const reason = `${path} has too many digits for a number; put it in quotes`;
    return [{ propertyPath: path, reason }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => inexactNumbers(`${path}[${index}]`, one));
  }
  return entriesOf(value).flatMap(([key, one]) => inexactNumbers(`${path}.${key}`, one));
}

/** The name of a stack, with the organization and the project if the backend has them. */
const STACK_NAME = /^([\w.-]+\/){0,2}\w[\w.-]{0,99}$/;

function ownProblems(
  { name, providerConfiguration = {} }: EnvironmentOptions,
  { region }: Draft,
): ReportedProblem[] {
  const problems = Object.entries(CREDENTIALS)
    .filter(([key]) => key in providerConfiguration)
    .map(([key, variable]) => ({
      propertyPath: `providerConfiguration.${key}`,
      reason:
        `providerConfiguration.${key} can't be set, because it would be stored in plain text; ` +
        `set ${variable} in environmentVariables instead`,
    }));
  if (!STACK_NAME.test(name)) {
    const reason =
      "name must have 1 to 100 letters, digits, - . and _, and not start with - or . " +
      '("organization/project/" may come before it), got ' +
      JSON.stringify(name);
    problems.push({ propertyPath: "name", reason });
  }
  if (region === undefined) {
    const reason =
      'region is required; set it, for example to "us-west-2", or set aws:region in the settings file';
    problems.push({ propertyPath: "region", reason });
  }
  return problems;
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [`${prefix}:${key}`, value]),
  );
}

const isEncrypted = (value: unknown) => valueAt(value, "secure") !== undefined;

function text(value: unknown): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  return JSON.stringify(value);
}
