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
    ["HTTPS only by a domain", { ...domain({}), httpsOnly: true }],
    [
      "a domain and another certificate",
      { ...domain({}), additionalCertificateArns: { a: CERTIFICATE } },
    ],
  ],
  bad: [
    bad(
      "domain.zoneId",
      "required",
      { domain: { name: "www.example.com" } },
      "certificateArn instead of domain",
    ),
    bad("domain", "type", { domain: "www.example.com" }, "name, zoneId, alternativeNames"),
    bad("domain.zoneId", "required", { domain: { name: "www.example.com" } }),
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
      args: ["domain.alternativeNames"],
      source: {
        own: { min: 0, max: 99 },
        because:
          "ACM's quota of 10 names per certificate can be raised to 100, the domain's name included",
      },
    },
  ],
};
