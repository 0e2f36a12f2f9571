import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** What is done with a request to the page's server. */
export type Verdict =
  | { readonly kind: "admit" }
  /** The address that was printed: the browser keeps the token as a cookie from then on. */
  | { readonly kind: "enter"; readonly cookie: string }
  | { readonly kind: "refuse"; readonly status: 401 | 403; readonly why: string };

const refuse = (status: 401 | 403, why: string): Verdict => ({ kind: "refuse", status, why });

/**
 * Keeps everybody out but the page that was opened with the printed address. Another site's page may make the
 * browser send requests here, but with another Origin; a name that leads to 127.0.0.1 comes with another Host.
 * The cookies of one host are the same on all of its ports, so a cookie alone is not enough for a change.
 */
export class Guard {
  readonly token = randomBytes(24).toString("base64url");

  constructor(private readonly port: number) {}

  get origin(): string {
    return `http://${this.host}`;
  }

  judge({
    method,
    url = "/",
    headers,
  }: Pick<IncomingMessage, "method" | "url" | "headers">): Verdict {
    if (headers.host !== this.host) return refuse(403, "another host");
    const { origin, "sec-fetch-site": site = "none" } = headers;
    if (origin !== undefined && origin !== this.origin) return refuse(403, "another origin");
    if (typeof site === "string" && !["same-origin", "none"].includes(site)) {
      return refuse(403, "a request from another site");
    }
    const reads = method === "GET" || method === "HEAD";
    if (!reads && origin === undefined) return refuse(403, "a change without an origin");
    const { pathname, searchParams } = new URL(url, this.origin);
    if (pathname === "/" && this.fits(searchParams.get("token"))) {
      const cookie = `${this.cookieName}=${this.token}; Path=/; HttpOnly; SameSite=Strict`;
      return { kind: "enter", cookie };
    }
    if (!this.fits(this.cookie(headers.cookie))) {
      return refuse(401, "no token: open the whole address that was printed");
    }
    return { kind: "admit" };
  }

  private get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** The port is in the name, since several emulators may run. */
  private get cookieName(): string {
    return `alb-emulator-${this.port}`;
  }

  private cookie(header = ""): string | null {
    const pairs = header.split(";").map((pair) => pair.trim().split("="));
    return pairs.find(([name]) => name === this.cookieName)?.[1] ?? null;
  }

  private fits(token: string | null): boolean {
    const [shown, own] = [Buffer.from(token ?? ""), Buffer.from(this.token)];
    return shown.length === own.length && timingSafeEqual(shown, own);
  }
}

/** Nothing from elsewhere is loaded, nobody frames the page, and nothing of it is kept. */
export const SECURITY_HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
};
