import { mkdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const OF_THE_USER = /^(PULUMI|AWS)_/i;

/**
 * Sets this process apart from the user's own Pulumi and AWS settings, and returns the variables with
 * which an engine keeps its state and its plugins in the folder.
 *
 * The user's variables are taken out of this process's environment. An engine inherits that
 * environment, and an empty value would not do instead: an empty PULUMI_STACK selects no stack.
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

/** Takes the variables of the user's own Pulumi and AWS out of this process's environment. */
export function forgetUser(): void {
  for (const name of Object.keys(process.env)) {
    if (OF_THE_USER.test(name)) {
      Reflect.deleteProperty(process.env, name);
    }
  }
}
