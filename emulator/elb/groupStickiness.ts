import { COOKIE_LIFE, parseCookies } from "./stickiness";

const encode = (targetGroupArn: string, until: number) =>
  Buffer.from(`${targetGroupArn}|${until}`).toString("base64");

/** The group that a cookie names, as long as its session lasts. */
function decode(value = ""): { arn: string; until: number } | undefined {
  const parts = /^([^|]+)\|(\d+)$/.exec(Buffer.from(value, "base64").toString());
  const until = Number(parts?.[2]);
  return parts !== null && until > Date.now() ? { arn: parts[1], until } : undefined;
}

/** A client's session with one of several target groups. */
export class GroupSession {
  private readonly binding: { arn: string; until: number } | undefined;

  constructor(
    /** Missing where a client may go to another group at each request. */
    private readonly durationSeconds: number | undefined,
    cookieHeader: string | undefined,
  ) {
    const cookies = parseCookies(cookieHeader);
    this.binding =
      durationSeconds === undefined
        ? undefined
        : decode(cookies.get("AWSALBTGCORS") ?? cookies.get("AWSALBTG"));
  }

  isBoundTo(targetGroupArn: string): boolean {
    return this.binding?.arn === targetGroupArn;
  }

  /** The Set-Cookie values for an answer that comes from the group. */
  cookies(targetGroupArn: string): string[] {
    if (this.durationSeconds === undefined) {
      return [];
    }
    const until =
      this.binding !== undefined && this.isBoundTo(targetGroupArn)
        ? this.binding.until
        : Date.now() + this.durationSeconds * 1000;
    const value = encode(targetGroupArn, until);
    const expires = `Expires=${new Date(Date.now() + COOKIE_LIFE).toUTCString()}; Path=/`;
    return [
      `AWSALBTG=${value}; ${expires}`,
      `AWSALBTGCORS=${value}; ${expires}; SameSite=None; Secure`,
    ];
  }
}
