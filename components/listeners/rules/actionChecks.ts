import {
  ContentType,
  Protocol,
  RedirectStatusCode,
  type FixedResponseArgs,
  type RedirectArgs,
} from "../../args";
import { DEFAULTS } from "../../args/defaults";
import * as checks from "../../checks";

/** The protocol and the port of a listener; undefined for one that exists already, until it is looked up. */
export interface ListenerEndpoint {
  readonly protocol?: Protocol;
  readonly port?: unknown;
  /** How it can become an HTTPS listener, for remedies. */
  readonly encrypt?: string;
}

/** How the listener of a group becomes an HTTPS listener. */
export const ENCRYPT_GROUP = "set certificateArn or domain";

/** The check of a redirect, which must lead to another URL than the listener's. */
export function redirectCheck(from: ListenerEndpoint): checks.PlainCheck {
  return checks.object<RedirectArgs>(
    {
      statusCode: checks.choice(RedirectStatusCode),
      protocol: checks.choice(Protocol),
      host: part(
        "1 to 128 characters",
        ["#{host}"],
        (value) => value !== "",
        "remove it to keep the host of the request",
      ),
      port: checks.whole(1, 65535),
      path: part(
        '1 to 128 characters with "/" at the start',
        KEYWORDS_OF_PATH,
        (value) => value.startsWith("/"),
        'write "/" in front of it',
      ),
      query: part(
        'at most 128 characters without "?" at the start',
        KEYWORDS,
        (value) => !value.startsWith("?"),
        'leave out the "?"',
      ),
    },
    { required: ["statusCode"], relations: [leadsAway(from), staysEncrypted(from)] },
  );
}

const MAX_PART_LENGTH = 128;
const KEYWORDS_OF_PATH = ["#{host}", "#{port}", "#{path}"];
const KEYWORDS = ["#{protocol}", ...KEYWORDS_OF_PATH, "#{query}"];

/** A part of the URL, in which AWS allows these keywords. `remedy` is for a value that fails the test. */
function part(
  what: string,
  keywords: readonly string[],
  test: (value: string) => boolean,
  remedy: string,
): checks.Check {
  return checks.text(
    `a string of ${what} (it can contain ${keywords.join(", ")})`,
    (value) =>
      test(value) &&
      value.length <= MAX_PART_LENGTH &&
      [...value.matchAll(/#\{[^}]*\}?/g)].every(([word]) => keywords.includes(word)),
    (value) => {
      if (typeof value !== "string") return "write it in quotes";
      if (!test(value)) return remedy;
      if (value.length > MAX_PART_LENGTH) return "shorten it";
      return `remove each #{...} that is not one of ${keywords.join(", ")}`;
    },
  );
}

const leadsAway = (from: ListenerEndpoint): checks.Relation => ({
  properties: ["protocol", "host", "port", "path"],
  check({ protocol = from.protocol, host, port = from.port, path }, at) {
    const kept = (value: unknown, keyword: string) => value === undefined || value === keyword;
    const same = protocol === from.protocol && port === from.port;
    if (!same || !kept(host, "#{host}") || !kept(path, "/#{path}")) return;
    at.reportText(
      "conflict",
      "must change the protocol, host, port or path, because otherwise clients are redirected forever; " +
        "set one of them to another value",
    );
  },
});

const staysEncrypted = (from: ListenerEndpoint): checks.Relation => ({
  properties: ["protocol"],
  check({ protocol }, at) {
    if (from.protocol !== Protocol.HTTPS || protocol !== Protocol.HTTP) return;
    at.key("protocol").reportRemoval(
      "conflict",
      "can't be HTTP if the listener's protocol is HTTPS; remove it",
    );
  },
});

const MAX_BODY_LENGTH = 1024;

/** The check of a fixed response of the load balancer. */
export const fixedResponse = checks.object<FixedResponseArgs>(
  {
    statusCode: {
      accepts: { kind: "number", min: 200, max: 599 },
      visit(value, at) {
        const right =
          typeof value === "number" && Number.isInteger(value) && /^[245]\d\d$/.test(String(value));
        if (!right) {
          const must = "must be an HTTP status code from 200 to 299 or from 400 to 599";
          const code = typeof value === "number" ? "range" : "type";
          const remedy = `write a number in these ranges${typeof value === "string" ? ", without quotes" : ""}`;
          at.report(code, must, value, remedy);
        }
        return value;
      },
    },
    contentType: checks.choice(ContentType),
    messageBody: checks.text(
      `a string of at most ${MAX_BODY_LENGTH} characters`,
      (value) => value.length <= MAX_BODY_LENGTH,
      (value) =>
        typeof value === "string" ? "shorten it, or let a target respond" : "write it in quotes",
    ),
  },
  { defaults: DEFAULTS.FixedResponse, required: ["statusCode"] },
);
