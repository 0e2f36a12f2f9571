import { createDecipheriv, pbkdf2 } from "node:crypto";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Deployment, StackSettings } from "@pulumi/pulumi/automation";
import { valueAt } from "../components/checks";

/** What a stack's secrets are encrypted by, as its settings file says it. */
export type SecretsProvider = Pick<
  StackSettings,
  "secretsProvider" | "encryptedKey" | "encryptionSalt"
>;

/** What the secrets in a state are encrypted by; nothing where the backend does it itself. */
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

/** What a settings file names; nothing where it leaves that to the state. */
export function providerOfSettings(settings: StackSettings): SecretsProvider {
  const { secretsProvider, encryptedKey, encryptionSalt } = settings;
  const named = { secretsProvider, encryptedKey, encryptionSalt };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}

/** What encrypts, in words. */
export function describeProvider({ secretsProvider, encryptionSalt }: SecretsProvider): string {
  if (secretsProvider !== undefined && secretsProvider !== "passphrase") return secretsProvider;
  return encryptionSalt === undefined ? "the backend" : "a passphrase";
}

/**
 * The passphrase that the engine would use, if there is one.
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
 * Whether a passphrase is that of a salt, which is an encrypted "pulumi" for this very question. The
 * engine asks it too late: of a state without secrets it takes any passphrase, and encrypts anew with it.
 */
export async function isPassphraseOf(passphrase: string, salt: string): Promise<boolean> {
  const [version, bytes, , nonce = "", message = ""] = salt.split(":");
  // What this can't read, the engine judges.
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
