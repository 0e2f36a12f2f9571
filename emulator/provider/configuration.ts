import { readFileSync } from "node:fs";
import { type Failure } from "./resourceType";
import { type Properties, type Value } from "./values";

/** What says who calls AWS, or only how: nothing of it matters here. */
const IGNORED = /^(version|profile|accessKey|secretKey|token|skip[A-Z]\w*)$/;

/** The faults of the provider's configuration: a setting that would do something on AWS is never ignored. */
export function configurationFaults(config: Properties, region: string): Failure[] {
  return Object.entries(config).flatMap(([property, value]) => {
    if (property === "region") {
      return value === region ? [] : [regionFault(value, region)];
    }
    return IGNORED.test(property) ? [] : [{ property, reason: unsupported(property) }];
  });
}

function regionFault(value: Value | undefined, region: string): Failure {
  const reason = `the emulator supports the region ${region} only, got ${typeof value === "string" ? value : "none"}`;
  return { property: "region", reason };
}

function unsupported(property: string): string {
  return `the emulator does not support the setting ${property} of the aws provider`;
}

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
