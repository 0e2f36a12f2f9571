import type { ResponseHeadersArgs } from "../args";
import * as checks from "../checks";

const MAX_LENGTH = 1024;

/** Whether a text can be the value of a header: printable ASCII characters, and not too many. */
const isValue = (value: string) => /^[\x20-\x7e]+$/.test(value) && value.length <= MAX_LENGTH;

const headerValue = (must: string, test: (value: string) => boolean, remedy: string) =>
  checks.text(
    `${must}, of 1 to ${MAX_LENGTH} printable ASCII characters`,
    (value) => isValue(value) && test(value),
    remedy,
  );

const headerNames = checks.list(
  checks.text(
    'the name of a header, of letters, digits and hyphens, or "*"',
    (value) => /^[A-Za-z0-9-]+$|^\*$/.test(value),
    'write a name like "Content-Type"',
  ),
  "headers",
  1,
);

const origin = /^https?:\/\/[^\s/]+$/;

/** The check of the headers that the listener adds to responses. */
export const responseHeaders = checks.object<ResponseHeadersArgs>({
  strictTransportSecurity: headerValue(
    '"max-age=<seconds>" optionally followed by "; includeSubDomains" and "; preload"',
    (value) => /^max-age=\d+(; ?(includeSubDomains|preload))*$/i.test(value),
    'write it like "max-age=31536000; includeSubDomains", without a semicolon at the end',
  ),
  contentSecurityPolicy: headerValue(
    "a content security policy",
    () => true,
    `write it like "default-src 'self'"`,
  ),
  contentTypeOptions: checks.text("nosniff", (value) => value === "nosniff", 'write "nosniff"'),
  frameOptions: headerValue(
    "DENY, SAMEORIGIN or ALLOW-FROM and an origin",
    (value) =>
      ["DENY", "SAMEORIGIN"].includes(value) ||
      (value.startsWith("ALLOW-FROM ") && origin.test(value.slice("ALLOW-FROM ".length))),
    'write "DENY", "SAMEORIGIN" or, for example, "ALLOW-FROM https://example.com"',
  ),
  accessControlAllowOrigin: headerValue(
    'an origin or "*"',
    (value) => value === "*" || origin.test(value),
    'write it like "https://example.com", without a path',
  ),
  accessControlAllowMethods: checks.list(
    checks.text(
      'one of GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH and "*"',
      (value) => /^(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|\*)$/.test(value),
      'write a method like "GET"',
    ),
    "methods",
    1,
  ),
  accessControlAllowHeaders: headerNames,
  accessControlExposeHeaders: headerNames,
  accessControlAllowCredentials: checks.plain(
    checks.flag(),
    "it decides whether the header is sent",
  ),
  accessControlMaxAge: checks.whole(0, 86400, "seconds"),
  server: checks.flag(),
});

/** Browsers ignore the header over HTTP. `encrypt` is how the listener becomes an HTTPS listener. */
export const strictTransport = (
  isHttps: (args: Readonly<Record<string, unknown>>) => boolean,
  encrypt: string,
): checks.Relation => ({
  properties: [],
  check(args, at) {
    if (isHttps(args)) return;
    if (checks.valueAt(args.responseHeaders, "strictTransportSecurity") === undefined) return;
    at.key("responseHeaders")
      .key("strictTransportSecurity")
      .reportRemoval(
        "conflict",
        `needs HTTPS, because browsers ignore this header over HTTP; ${encrypt}, or remove the header`,
      );
  },
});
