import { MutualAuthenticationMode, type RequestHeaderNamesArgs } from "../args";
import * as checks from "../checks";
import { listenersWithPaths } from "../plan/listeners";
import { NAMES_OF_AWS } from "./requestHeaderNames";

const MAX_LENGTH = 1024;

const headerName = checks.text(
  `the name of a header, of 1 to ${MAX_LENGTH} letters, digits and !#$%&'*+.^_\`|~-`,
  (value) => /^[0-9A-Za-z!#$%&'*+.^_`|~-]+$/.test(value) && value.length <= MAX_LENGTH,
  'write a name like "X-Client-Subject"',
);

/** The check of other names for headers. */
export const requestHeaderNames = checks.object<RequestHeaderNamesArgs>(
  {
    clientCertificate: headerName,
    clientCertificateLeaf: headerName,
    clientCertificateIssuer: headerName,
    clientCertificateSubject: headerName,
    clientCertificateSerialNumber: headerName,
    clientCertificateValidity: headerName,
    tlsVersion: headerName,
    tlsCipherSuite: headerName,
  },
  {
    relations: [
      {
        properties: [],
        check(names, at) {
          const seen = new Map<string, string>();
          const kept = Object.entries(NAMES_OF_AWS).filter(([key]) => names[key] === undefined);
          for (const [key, name] of Object.entries(names)) {
            if (typeof name !== "string") continue;
            const argument = at.key(key);
            const given = seen.get(name.toLowerCase());
            const [other] = kept.find(([, one]) => one.toLowerCase() === name.toLowerCase()) ?? [];
            if (given !== undefined) {
              argument.reportText("repeated", `is the same name as ${given}; use another name`);
            } else if (other !== undefined && other !== key) {
              const rule = `is AWS's name of the header in ${at.key(other).path}`;
              argument.reportText(
                "repeated",
                `${rule}; use another name, or rename that header too`,
              );
            }
            seen.set(name.toLowerCase(), argument.path);
          }
        },
      },
    ],
  },
);

const TLS = ["tlsVersion", "tlsCipherSuite"];

/** A mode of mutual TLS sends some headers only. */
export const headersOfMode: checks.Relation = {
  properties: [],
  check({ requestHeaderNames: names, mutualAuthentication }, at) {
    const mode = checks.valueAt(mutualAuthentication, "mode");
    for (const [key, name] of checks.entriesOf(names)) {
      if (name === undefined || TLS.includes(key)) continue;
      const needed =
        key === "clientCertificate"
          ? MutualAuthenticationMode.Passthrough
          : MutualAuthenticationMode.Verify;
      if (mode === needed) continue;
      at.key("requestHeaderNames")
        .key(key)
        .reportRemoval(
          "unused",
          `has no effect, because the load balancer sends this header only with mutualAuthentication in the mode ` +
            `${needed}; remove it, or set ${at.key("mutualAuthentication").key("mode").path} to ${needed}`,
        );
    }
  },
};

/** The load balancer sends the headers of TLS only if it is told so. */
export const headersOfTls: checks.Relation = {
  properties: ["tlsVersionAndCipherSuiteHeaders"],
  check(args, root) {
    // A wrong value is reported where it is.
    const { tlsVersionAndCipherSuiteHeaders: isSent = false } = args;
    if (isSent !== false) return;
    for (const [settings, at] of listenersWithPaths(args, root)) {
      const names = checks.valueAt(settings, "requestHeaderNames");
      for (const key of TLS) {
        if (checks.valueAt(names, key) === undefined) continue;
        at.key("requestHeaderNames")
          .key(key)
          .reportRemoval(
            "unused",
            "has no effect, because the load balancer sends this header only with tlsVersionAndCipherSuiteHeaders; " +
              "remove it, or set tlsVersionAndCipherSuiteHeaders of the group to true",
          );
      }
    }
  },
};
