import * as pulumi from "@pulumi/pulumi";
import type { ProblemCode } from "../../components/checks";
import { CERTIFICATE } from "../support/exampleArgs";
import { bad, maps, type ArgumentTable } from "./table";

const domain = (change: object) => ({
  domain: { name: "www.example.com", zoneId: ZONE, ...change },
});
const ZONE = "Z0123456789ABCDEFGHIJ";
const inDomain = (path: string, code: ProblemCode, change: object, ...says: string[]) =>
  bad(path, code, domain(change), ...says);
const longest = `${"a".repeat(60)}.com`;
const NAMED = { domain: { name: "a.example.com", zoneId: "Z1" } };
const OTHER_ZONE = { "example.org": { zoneId: "Z2" } };
const TWO_ZONES = { ...OTHER_ZONE, corp: { zoneId: "Z3", validationZoneId: "Z4" } };
const IN_ZONE = { domain: { name: "www.key", zones: { key: {} } } };
const EC_KEY = "web-domain-EC_prime256v1 keyAlgorithm";
const ALTERNATIVE_NAMES = ["*.example.com"];

/** The names under which clients find the group. */
export const DOMAIN: ArgumentTable = {
  good: [
    ["a domain", domain({})],
    ["a domain of the longest name", domain({ name: longest })],
    ["a domain whose zone is an output", domain({ zoneId: pulumi.output("Z1") })],
    ["a wildcard", domain({ alternativeNames: ["*.example.com", "example.com"] })],
    ["the longest alternative name", domain({ alternativeNames: [`${"a.".repeat(125)}abc`] })],
    ["no alternative name", domain({ alternativeNames: [] })],
    ["a domain with a certificate that exists", { ...domain({}), certificateArn: CERTIFICATE }],
    ["a domain whose DNS is elsewhere", { domain: { name: "www.example.com" } }],
    ["a private zone and one for the validation", domain({ validationZoneId: "Z1" })],
    ["a zone for some names", domain({ alternativeNames: ["a.example.org"], zones: OTHER_ZONE })],
    [
      "a zone for each name",
      { domain: { name: "a.example.org", alternativeNames: ["b.corp"], zones: TWO_ZONES } },
    ],
    [
      "a zone within another, and one elsewhere",
      domain({
        alternativeNames: ["a.b.example.com", "example.org"],
        zones: { "b.example.com": { zoneId: "Z2" }, "example.org": {} },
      }),
    ],
    [
      "certificates with keys of each algorithm",
      domain({ keyAlgorithms: ["EC_secp384r1", "RSA_2048", "EC_prime256v1"] }),
    ],
    ["HTTPS only by a domain", { ...domain({}), httpsOnly: true }],
    [
      "a domain and another certificate",
      { ...domain({}), additionalCertificateArns: { a: CERTIFICATE } },
    ],
  ],
  bad: [
    bad("domain", "type", { domain: "www.example.com" }, "name, zoneId, validationZoneId"),
    bad("domain.name", "required", { domain: { zoneId: "Z1" } }),
    inDomain("domain.validationZoneId", "format", { validationZoneId: "example.com" }),
    bad(
      "domain.validationZoneId",
      "conflict",
      { ...domain({ validationZoneId: "Z2" }), certificateArn: CERTIFICATE },
      "can't be combined with certificateArn",
    ),
    bad(
      "domain.zones.corp.validationZoneId",
      "conflict",
      {
        ...domain({ alternativeNames: ["a.corp", "a.example.org"], zones: TWO_ZONES }),
        certificateArn: CERTIFICATE,
      },
      "can't be combined with certificateArn",
    ),
    bad(
      "domain.keyAlgorithms",
      "conflict",
      { ...domain({ keyAlgorithms: ["RSA_2048"] }), certificateArn: CERTIFICATE },
      "can't be combined with certificateArn",
    ),
    inDomain("domain.keyAlgorithms", "too-few", { keyAlgorithms: [] }),
    inDomain("domain.keyAlgorithms", "type", { keyAlgorithms: "RSA_2048" }),
    inDomain("domain.keyAlgorithms[0]", "choice", { keyAlgorithms: ["RSA_4096"] }, "RSA_2048"),
    inDomain("domain.keyAlgorithms[0]", "choice", { keyAlgorithms: ["EC_PRIME256V1"] }),
    inDomain("domain.keyAlgorithms[1]", "repeated", { keyAlgorithms: ["RSA_2048", "RSA_2048"] }),
    inDomain('domain.zones["example.org."]', "format", {
      alternativeNames: ["www.example.org"],
      zones: { "example.org.": { zoneId: "Z1" } },
    }),
    inDomain('domain.zones["example.org"]', "unused", { zones: OTHER_ZONE }, "alternativeNames"),
    inDomain('domain.zones["example.com"]', "unused", {
      zones: { "example.com": {}, "www.example.com": {} },
      zoneId: undefined,
    }),
    inDomain("domain.zoneId", "unused", { zones: { "example.com": { zoneId: "Z2" } } }),
    inDomain(
      'domain.zones["example.org"].hostedZoneId',
      "unknown",
      { alternativeNames: ["a.example.org"], zones: { "example.org": { hostedZoneId: "Z2" } } },
      "write zoneId instead",
    ),
    inDomain("domain.hostedZoneId", "unknown", { hostedZoneId: "Z1" }, "write zoneId instead"),
    inDomain("domain.zoneId", "format", { zoneId: "/hostedzone/Z1" }, "hosted zone", "without"),
    inDomain("domain.name", "format", { name: "WWW.example.com" }, "in lower case", "WWW"),
    inDomain("domain.name", "format", { name: "example" }, "domain name", '"example"'),
    inDomain("domain.name", "format", { name: "*.example.com" }, "put wildcards"),
    inDomain("domain.name", "format", { name: `a${longest}` }, "at most 64", "alternativeNames"),
    inDomain(
      "domain.alternativeNames[0]",
      "format",
      { alternativeNames: ["https://a.example.com"] },
      "protocol",
    ),
    inDomain(
      "domain.alternativeNames[0]",
      "format",
      { alternativeNames: ["a.*.example.com"] },
      '"*."',
    ),
    inDomain(
      "domain.alternativeNames[0]",
      "format",
      { alternativeNames: [`${"a.".repeat(125)}abcd`] },
      "domain name",
    ),
    inDomain("domain.alternativeNames[1]", "repeated", { alternativeNames: ["a.com", "a.com"] }),
    inDomain(
      "domain.alternativeNames[1]",
      "repeated",
      { alternativeNames: ["a.com", "www.example.com"] },
      "the same as domain.name",
    ),
    bad("port", "conflict", { port: 443, ...domain({}) }, "can't be 443"),
  ],
  mappings: [
    maps("domain.name", "b.example.com", "web-domain domainName", "b.example.com", NAMED),
    maps("domain.zoneId", "Z2", "web-a-a.example.com zoneId", "Z2", NAMED),
    maps("domain.keyAlgorithms", ["EC_prime256v1"], EC_KEY, "EC_prime256v1", NAMED),
    maps("domain.validationZoneId", "Z2", "web-validation-a.example.com zoneId", "Z2", NAMED),
    maps("domain.zones.key.zoneId", "Z3", "web-a-www.key zoneId", "Z3", IN_ZONE),
    maps("domain.zones.key.validationZoneId", "Z3", "web-validation-www.key zoneId", "Z3", IN_ZONE),
    maps(
      "domain.alternativeNames",
      ALTERNATIVE_NAMES,
      "web-domain subjectAlternativeNames",
      ["a.example.com", ...ALTERNATIVE_NAMES],
      NAMED,
    ),
  ],
  limits: [
    {
      args: ["domain.keyAlgorithms"],
      source: { own: { min: 1, max: 3 }, because: "there are three, and each is written once" },
    },
    {
      args: ["domain.keyAlgorithms[0]"],
      source: {
        documented: { values: ["RSA_2048", "EC_prime256v1", "EC_secp384r1"] },
        page: "https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html",
      },
    },
    {
      args: ["domain.alternativeNames"],
      source: {
        own: { min: 0, max: 99 },
        because:
          "ACM's quota of 10 names per certificate can be raised to 100, the domain's name included",
      },
    },
  ],
};
