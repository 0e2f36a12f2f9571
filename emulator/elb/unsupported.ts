import { AwsError } from "../aws";

/** AWS would accept this; the emulator can't show what would happen. */
export const unsupported = (what: string) =>
  new AwsError("UnsupportedByEmulator", `the emulator does not support ${what}; AWS accepts it`);
