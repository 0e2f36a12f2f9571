import { mkdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const OF_THE_USER = /^(PULUMI|AWS)_/i;

/**
 * Isolates this process from the user's Pulumi and AWS settings, and returns the environment variables with which an
 * engine stores its state and its plugins in the folder.
 *
 * The user's variables are deleted from this process, because an engine inherits them. Empty values are not enough:
 * an empty PULUMI_STACK would select no stack.
 */
export function isolatedEnvironment(folder: string): Record<string, string> {
  forgetUser();
  const home = path.resolve(folder, "home");
  const state = path.resolve(folder, "state");
  mkdirSync(home, { recursive: true });
  mkdirSync(state, { recursive: true });
  return {
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_CONFIG_PASSPHRASE: "rehearsal",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

/** Deletes the user's variables for Pulumi and AWS from this process. */
export function forgetUser(): void {
  for (const name of Object.keys(process.env)) {
    if (OF_THE_USER.test(name)) {
      Reflect.deleteProperty(process.env, name);
    }
  }
}
