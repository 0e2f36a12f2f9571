import path from "node:path";
import { ROOT } from "../package/manifest";

export const CHANGELOG_FILE = path.join(ROOT, "CHANGELOG.md");

const UNRELEASED = "## [Unreleased]";

/** The changelog in which the unreleased changes are those of a version, and a new section is open. */
export function withRelease(changelog: string, version: string, date: string): string {
  return changelog.replace(UNRELEASED, `${UNRELEASED}\n\n## [${version}] - ${date}`);
}

/** What the changelog says of a version, or of what is `Unreleased`; nothing where it has no such section. */
export function changesOf(changelog: string, version: string): string | undefined {
  const sections = changelog.split(/^(?=## )/m);
  const section = sections.find((text) => text.startsWith(`## [${version}]`));
  return section?.replace(/^.*\n/, "").trim();
}
