import type { Configuration } from "../stacks/configuration";

/** The options of an environment, which is a Pulumi stack of this package's program. */
export interface EnvironmentOptions {
  /** The name of the environment and of its stack, such as "dev". */
  readonly name: string;
  /** The configuration. Without it, `settingsFolder` is required. */
  readonly configuration?: Configuration;
  /**
   * The folder with the environment's settings file, such as "Pulumi.dev.yaml", instead of
   * `configuration`.
   *
   * The file is never changed.
   */
  readonly settingsFolder?: string;
  /**
   * The AWS region, such as "us-west-2".
   *
   * Required with `configuration`. In a settings file, it is aws:region.
   */
  readonly region?: string;
  /**
   * Further configuration of the AWS provider, without its prefix, such as `{ profile: "prod" }`.
   *
   * Credentials are refused here. Put them into `environmentVariables`, which are not stored.
   * https://www.pulumi.com/registry/packages/aws/installation-configuration/
   */
  readonly providerConfiguration?: Readonly<Record<string, string>>;
  /**
   * The keys of `configuration` that are encrypted, and secret in the state and the outputs.
   *
   * In an object, each part that may be an output is secret. Values that name resources or decide how many
   * there are can't be secret. A key without any part that can be secret is refused.
   *
   * Defaults to none.
   */
  readonly secretKeys?: readonly (keyof Configuration)[];
  /**
   * The Pulumi project of the environment, and the prefix of keys in a settings file.
   *
   * Defaults to "load-balanced-group".
   */
  readonly project?: string;
  /**
   * The backend with the state: a URL such as "s3://bucket", "file:///folder", "https://api.pulumi.com". A
   * relative folder is relative to the folder of this process.
   *
   * Defaults to PULUMI_BACKEND_URL, or to the backend of `pulumi login`.
   */
  readonly backend?: string;
  /**
   * The secrets provider: "passphrase", or the URL of a key service, such as "awskms://alias/name".
   *
   * It is used when the environment is created. Later, the one in the state is used. Defaults to the
   * backend's own.
   */
  readonly secretsProvider?: string;
  /**
   * Environment variables of the engine, added to those of this process: credentials such as AWS_ACCESS_KEY_ID, and
   * PULUMI_CONFIG_PASSPHRASE.
   *
   * They are neither in the state nor in logs. Values of variables whose names contain KEY, SECRET, TOKEN, PASS or
   * CREDENTIAL are removed from every message.
   */
  readonly environmentVariables?: Readonly<Record<string, string>>;
  /**
   * The installation folder of the Pulumi engine, which contains bin/pulumi.
   *
   * Defaults to the engine on PATH.
   */
  readonly engine?: string;
  /**
   * Whether an environment that is not in the backend is refused instead of created.
   *
   * Defaults to false.
   */
  readonly mustExist?: boolean;
}

export const DEFAULT_PROJECT = "load-balanced-group";
