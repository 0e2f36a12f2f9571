/*
 * What "main" in package.json names, which two kinds of programs load. The engine starts it, by itself or by
 * the SDK's run-plugin: then it is the provider, which prints its port and serves. A resolver that does not
 * read "exports" finds it when a program imports the package: then it is the library.
 */
const startedBy = require.main?.filename ?? "";
const isPlugin = require.main === module || /[\\/]cmd[\\/]run-plugin[\\/]/.test(startedBy);

export = module.require(isPlugin ? "./provider.js" : "../index.js");
