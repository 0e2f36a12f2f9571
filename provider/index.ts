/*
 * The file that "main" in package.json names, once it is bundled. If the engine starts it, directly or through the SDK's
 * run-plugin, it is the provider. If a program imports the package with a resolver that does not read "exports", it is
 * the library.
 */
const startedBy = require.main?.filename ?? "";
const isPlugin = require.main === module || /[\\/]cmd[\\/]run-plugin[\\/]/.test(startedBy);

export = module.require(isPlugin ? "./provider.js" : "../index.js");
