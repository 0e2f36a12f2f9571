import type { TargetDescription, TargetGroup } from "../aws";
import { isOn, seconds } from "./attributes";

export const COOKIE_LIFE = 7 * 24 * 3600 * 1000;

/** What a stickiness cookie holds: the target, and until when the session lasts. */
interface Binding extends TargetDescription {
  readonly until: number;
}

const encode = ({ id, port, until }: Binding) =>
  Buffer.from(`${id}|${port}|${until}`).toString("base64");

function decode(value: string | undefined): Binding | undefined {
  const text = Buffer.from(value ?? "", "base64").toString();
  const parts = /^([^|]+)\|(\d+)\|(\d+)$/.exec(text);
  return parts === null
    ? undefined
    : { id: parts[1], port: Number(parts[2]), until: Number(parts[3]) };
}

export function parseCookies(header = ""): Map<string, string> {
  const pairs = header.split(";").map((pair): [string, string] => {
    const [name = "", ...value] = pair.split("=");
    return [name.trim(), value.join("=").trim()];
  });
  return new Map(pairs);
}

/** A client's session with a target group: read from its cookies, written to its answer. */
export class Session {
  private readonly type: "lb_cookie" | "app_cookie" | undefined;
  private readonly binding: Binding | undefined;
  private readonly applicationCookie: string;
  private readonly duration: number;

  constructor(group: TargetGroup, cookieHeader: string | undefined) {
    const { attributes } = group;
    const byApplication = attributes["stickiness.type"] === "app_cookie";
    if (isOn(attributes, "stickiness.enabled")) {
      this.type = byApplication ? "app_cookie" : "lb_cookie";
    }
    this.applicationCookie = attributes["stickiness.app_cookie.cookie_name"] ?? "";
    this.duration = seconds(attributes, `stickiness.${this.type ?? "lb_cookie"}.duration_seconds`);
    this.binding = this.read(parseCookies(cookieHeader));
  }

  isBoundTo({ id, port }: TargetDescription): boolean {
    return this.binding?.id === id && this.binding.port === port;
  }

  /** The Set-Cookie values for an answer that comes from the target with these Set-Cookie values. */
  cookies(target: TargetDescription, fromTarget: readonly string[]): string[] {
    const startsHere = fromTarget.some((cookie) => cookie.startsWith(`${this.applicationCookie}=`));
    if (this.type === undefined) {
      return [];
    }
    if (this.type === "app_cookie" && !startsHere && this.binding === undefined) {
      return [];
    }
    // A renewed cookie keeps the session's end: AWS does not say that traffic prolongs it.
    const until =
      this.binding !== undefined && this.isBoundTo(target)
        ? this.binding.until
        : Date.now() + this.duration * 1000;
    return this.write(encode({ ...target, until }));
  }

  private read(cookies: Map<string, string>): Binding | undefined {
    const applicationCookieMissing =
      this.type === "app_cookie" && !cookies.has(this.applicationCookie);
    if (this.type === undefined || applicationCookieMissing) {
      return undefined;
    }
    const value =
      this.type === "lb_cookie"
        ? (cookies.get("AWSALBCORS") ?? cookies.get("AWSALB"))
        : cookies.get("AWSALBAPP-0");
    const binding = decode(value);
    return binding !== undefined && binding.until > Date.now() ? binding : undefined;
  }

  private write(value: string): string[] {
    const expires = `Expires=${new Date(Date.now() + COOKIE_LIFE).toUTCString()}; Path=/`;
    return this.type === "lb_cookie"
      ? [`AWSALB=${value}; ${expires}`, `AWSALBCORS=${value}; ${expires}; SameSite=None; Secure`]
      : [`AWSALBAPP-0=${value}; ${expires}`];
  }
}
