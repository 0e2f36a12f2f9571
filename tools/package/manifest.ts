import { readFileSync } from "node:fs";
import path from "node:path";

export const ROOT = path.resolve(__dirname, "../..");

/** The properties of a package.json that are used here. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly license?: string;
  readonly author?: string;
  readonly engines?: { readonly node: string };
  readonly keywords?: readonly string[];
  readonly homepage?: string;
  readonly repository?: string | { readonly url: string };
  readonly bugs?: string | { readonly url: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<
    Record<string, { readonly optional?: boolean } | undefined>
  >;
  /** The folders of the workspace's members. */
  readonly workspaces?: readonly string[];
  /** The engine's settings of a package with a plugin. */
  readonly pulumi?: object;
}

export function readManifest(folder = ROOT): Manifest {
  const file = path.join(folder, "package.json");
  const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isManifest(manifest)) throw new Error(`${file} is not that of a package`);
  return manifest;
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === "object" && value !== null && "name" in value && "version" in value;
}

/** The repository on GitHub as `<owner>/<name>`; undefined if it is not on GitHub. */
export function gitHubRepository({ repository }: Manifest): string | undefined {
  const url = typeof repository === "string" ? repository : repository?.url;
  return url === undefined ? undefined : GITHUB.exec(url)?.[1];
}

const GITHUB =
  /^(?:github:|(?:git\+)?(?:https|ssh):\/\/(?:git@)?github\.com\/)?([\w.-]+\/[\w.-]+?)(?:\.git)?$/;
