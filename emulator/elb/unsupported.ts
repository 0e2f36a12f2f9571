import { AwsError } from "../aws";

/** AWS would accept this; the rehearsal says loudly that it can't show what would happen. */
export const notRehearsed = (what: string) =>
  new AwsError("NotRehearsed", `the rehearsal stage does not play ${what}; AWS accepts it`);
