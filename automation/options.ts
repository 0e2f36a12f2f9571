import type { Configuration } from "../stacks/configuration";

/** What an environment is, and where its state and its credentials are. */
export interface EnvironmentOptions {
  /** The environment's name, which is its stack's: "dev", "prod". */
  readonly name: string;
  /** What it is configured by; else `settingsFolder` is needed. */
  readonly configuration?: Configuration;
  /**
   * The folder that holds the environment's settings file, such as "Pulumi.dev.yaml", in place of
   * `configuration`.
   *
   * The file is read, never written.
   */
  readonly settingsFolder?: string;
  /**
   * The AWS region, such as "us-west-2".
   *
   * Needed with `configuration`; a settings file has it as aws:region.
   */
  readonly region?: string;
  /**
   * The aws provider's further configuration, without its prefix, such as `{ profile: "prod" }`.
   *
   * Credentials are refused here: they belong into `environmentVariables`, which are kept nowhere.
   * https://www.pulumi.com/registry/packages/aws/installation-configuration/
   */
  readonly providerConfiguration?: Readonly<Record<string, string>>;
  /**
   * The keys of `configuration` that are encrypted, and secret in state and outputs too.
   *
   * Of an object, that holds for each part that may be an output; what names resources or decides how many
   * there are can't be secret. A key of which nothing can be is refused.
   *
   * Defaults to none.
   */
  readonly secretKeys?: readonly (keyof Configuration)[];
  /**
   * The project that the environment belongs to, which is the prefix in a settings file too.
   *
   * Defaults to "load-balanced-group".
   */
  readonly project?: string;
  /**
   * Where the state is kept: a URL such as "s3://bucket", "file:///folder", "https://api.pulumi.com". A
   * relative folder is relative to where this process is.
   *
   * Defaults to what PULUMI_BACKEND_URL or `pulumi login` say.
   */
  readonly backend?: string;
  /**
   * What encrypts secrets: "passphrase" or a key service's URL, such as "awskms://alias/name".
   *
   * It counts when the environment is new; every later process takes it out of the state. Defaults to the
   * backend's own.
   */
  readonly secretsProvider?: string;
  /**
   * The engine's variables beside those of this process: credentials such as AWS_ACCESS_KEY_ID, and
   * PULUMI_CONFIG_PASSPHRASE.
   *
   * They reach neither state nor logs. Values of variables whose names hold KEY, SECRET, TOKEN, PASS or
   * CREDENTIAL are taken out of every message.
   */
  readonly environmentVariables?: Readonly<Record<string, string>>;
  /**
   * The folder to which the Pulumi engine is installed, which holds bin/pulumi.
   *
   * Defaults to the engine on PATH.
   */
  readonly engine?: string;
  /**
   * Whether an environment that the backend does not know is refused, not made.
   *
   * Defaults to false.
   */
  readonly mustExist?: boolean;
}

export const DEFAULT_PROJECT = "load-balanced-group";
