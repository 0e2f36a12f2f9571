import type { Survivor } from "./stryker";

/** Why no test should notice a change. */
export interface Accepted {
  readonly file: string;
  readonly code: string;
  readonly replacement?: string;
  readonly reason: string;
}

const ACCEPTED: readonly Accepted[] = [
  {
    file: "components/securityGroups/create.ts",
    code: "false",
    replacement: "true",
    reason: "The default of internal is filled in before.",
  },
  {
    file: "components/securityGroups/unreachableServers.ts",
    code: "alike.length === 0",
    reason: "It saves a lookup.",
  },
];

export function reasonOf({ file, code, replacement }: Survivor): string | undefined {
  const found = ACCEPTED.find(
    (one) =>
      one.file === file &&
      one.code === code &&
      (one.replacement === undefined || one.replacement === replacement),
  );
  return found?.reason;
}
