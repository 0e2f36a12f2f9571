import { createDecipheriv, pbkdf2 } from "node:crypto";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Deployment, StackSettings } from "@pulumi/pulumi/automation";
import { valueAt } from "../components/checks";

/** The secrets provider of a stack, as in its settings file. */
export type SecretsProvider = Pick<
  StackSettings,
  "secretsProvider" | "encryptedKey" | "encryptionSalt"
>;

/** The secrets provider of a state; empty if the backend encrypts. */
export function providerOfState({ deployment }: Deployment): SecretsProvider {
  const provider = valueAt(deployment, "secrets_providers");
  const state = valueAt(provider, "state");
  const text = (key: string) => {
    const value = valueAt(state, key);
    return typeof value === "string" ? value : undefined;
  };
  if (valueAt(provider, "type") === "passphrase") return { encryptionSalt: text("salt") };
  if (valueAt(provider, "type") !== "cloud") return {};
  return { secretsProvider: text("url"), encryptedKey: text("encryptedkey") };
}

/** The secrets provider in a settings file; empty if the file has none. */
export function providerOfSettings(settings: StackSettings): SecretsProvider {
  const { secretsProvider, encryptedKey, encryptionSalt } = settings;
  const named = { secretsProvider, encryptedKey, encryptionSalt };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}

/** The secrets provider in words. */
export function describeProvider({ secretsProvider, encryptionSalt }: SecretsProvider): string {
  if (secretsProvider !== undefined && secretsProvider !== "passphrase") return secretsProvider;
  return encryptionSalt === undefined ? "the backend" : "a passphrase";
}

/**
 * The passphrase that the engine would use; undefined if there is none.
 * https://www.pulumi.com/docs/iac/cli/environment-variables/
 */
export async function passphraseIn(variables: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { PULUMI_CONFIG_PASSPHRASE: phrase, PULUMI_CONFIG_PASSPHRASE_FILE: file } = variables;
  if (phrase !== undefined || file === undefined || file === "") return phrase;
  try {
    return (await readFile(file, "utf8")).trim();
  } catch {
    return undefined;
  }
}

const derive = promisify(pbkdf2);

/**
 * Whether the passphrase belongs to the salt. The salt contains an encrypted "pulumi" for this check. The engine
 * checks too late: for a state without secrets it accepts any passphrase, and then encrypts with it.
 */
export async function isPassphraseOf(passphrase: string, salt: string): Promise<boolean> {
  const [version, bytes, , nonce = "", message = ""] = salt.split(":");
  // Another version is left to the engine.
  if (version !== "v1") return true;
  const key = await derive(passphrase, Buffer.from(bytes, "base64"), 1_000_000, 32, "sha256");
  const encrypted = Buffer.from(message, "base64");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
    decipher.setAuthTag(encrypted.subarray(-16));
    return (
      decipher.update(encrypted.subarray(0, -16), undefined, "utf8") + decipher.final("utf8") ===
      "pulumi"
    );
  } catch {
    return false;
  }
}
