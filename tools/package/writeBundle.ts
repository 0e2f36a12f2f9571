import { bundle } from "./bundle";
import { removeUnusedPlugins } from "./pluginCheckout";
import { writeLaunchers } from "./launcher";

async function main(): Promise<void> {
  await bundle();
  await writeLaunchers();
  await removeUnusedPlugins();
}

void main();
