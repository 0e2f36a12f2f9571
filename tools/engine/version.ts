/** The version in the output of `pulumi version`; undefined if there is none. */
export function parseVersion(text: string): string | undefined {
  return /^v?(\d+\.\d+\.\d+)/.exec(text.trim())?.[1];
}

/** Whether a version such as 1.2.3 is at least the minimum. */
export function isAtLeast(version: string, minimum: string): boolean {
  const wanted = minimum.split(".").map(Number);
  const given = version.split(".").map(Number);
  for (const [position, number] of wanted.entries()) {
    const difference = (given[position] ?? 0) - number;
    if (difference !== 0) {
      return difference > 0;
    }
  }
  return true;
}
