import { readFileSync } from "node:fs";

/** The version of the installed SDK: the engine warns when it is newer than the provider. */
export function providerVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(require.resolve("@pulumi/aws/package.json"), "utf8"),
  );
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) {
    return String(manifest.version);
  }
  throw new Error("@pulumi/aws has no version");
}
