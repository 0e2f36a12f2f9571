import path from "node:path";
import { ROOT } from "../package/manifest";

export const CHANGELOG_FILE = path.join(ROOT, "CHANGELOG.md");

const UNRELEASED = "## [Unreleased]";

/** The changelog with the unreleased changes under a version, and with a new empty section for unreleased ones. */
export function withRelease(changelog: string, version: string, date: string): string {
  return changelog.replace(UNRELEASED, `${UNRELEASED}\n\n## [${version}] - ${date}`);
}

/** The changelog's section of a version, or of `Unreleased`; undefined if there is none. */
export function changesOf(changelog: string, version: string): string | undefined {
  const sections = changelog.split(/^(?=## )/m);
  const section = sections.find((text) => text.startsWith(`## [${version}]`));
  return section?.replace(/^.*\n/, "").trim();
}
