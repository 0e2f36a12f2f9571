import { TRUST_STORE } from "../account";
import { CERTIFICATE } from "../groups";
import { HTTPS, reaches } from "./reaches";

const OTHER = "arn:aws:acm:us-west-2:123456789012:certificate/two";
const POLICY = "ELBSecurityPolicy-TLS13-1-3-2021-06";
const STICKY = { targetGroups: { key: {} }, forward: { weights: { default: 1, key: 1 } } };

export const LISTENERS = [
  reaches("port", 8080, "web-http port"),
  reaches("certificateArn", CERTIFICATE, "web-https certificateArn"),
  reaches(
    "additionalCertificateArns.key",
    OTHER,
    "web-certificate-key certificateArn",
    OTHER,
    HTTPS,
  ),
  reaches("sslPolicy", POLICY, "web-https sslPolicy", POLICY, HTTPS),
  reaches(
    "forward.weights.key",
    3,
    "web-http defaultActions[0].forward.targetGroups[1].weight",
    3,
    {
      targetGroups: { key: {} },
      forward: { weights: { default: 1 } },
    },
  ),
  reaches(
    "forward.stickinessDuration",
    60,
    "web-http defaultActions[0].forward.stickiness.duration",
    60,
    STICKY,
  ),
];

const mutual = (argument: string, value: unknown) =>
  reaches(
    `mutualAuthentication.${argument}`,
    value,
    `web-https mutualAuthentication.${argument}`,
    value,
    { ...HTTPS, mutualAuthentication: { mode: "verify", trustStoreArn: TRUST_STORE } },
  );

export const MUTUAL_AUTHENTICATION = [
  mutual("mode", "verify"),
  mutual("trustStoreArn", TRUST_STORE),
  mutual("ignoreClientCertificateExpiry", true),
  mutual("advertiseTrustStoreCaNames", "on"),
];

const DOMAIN = { domain: { name: "a.example.com", zoneId: "Z1" } };

export const DOMAINS = [
  reaches("domain.name", "b.example.com", "web-domain domainName", "b.example.com", DOMAIN),
  reaches("domain.zoneId", "Z2", "web-a-a.example.com zoneId", "Z2", DOMAIN),
  reaches(
    "domain.alternativeNames",
    ["*.example.com"],
    "web-domain subjectAlternativeNames",
    ["*.example.com"],
    DOMAIN,
  ),
];

const header = (argument: string, attribute: string, value: unknown, expected = value) =>
  reaches(
    `responseHeaders.${argument}`,
    value,
    `web-https routingHttpResponse${attribute}`,
    expected,
    HTTPS,
  );

export const HEADERS = [
  header("strictTransportSecurity", "StrictTransportSecurityHeaderValue", "max-age=60"),
  header("contentSecurityPolicy", "ContentSecurityPolicyHeaderValue", "default-src *"),
  header("contentTypeOptions", "XContentTypeOptionsHeaderValue", "nosniff"),
  header("frameOptions", "XFrameOptionsHeaderValue", "DENY"),
  header("accessControlAllowOrigin", "AccessControlAllowOriginHeaderValue", "*"),
  header("accessControlAllowMethods", "AccessControlAllowMethodsHeaderValue", ["GET"], "GET"),
  header("accessControlAllowHeaders", "AccessControlAllowHeadersHeaderValue", ["X-A"], "X-A"),
  header("accessControlExposeHeaders", "AccessControlExposeHeadersHeaderValue", ["X-B"], "X-B"),
  header("accessControlAllowCredentials", "AccessControlAllowCredentialsHeaderValue", true, "true"),
  header("accessControlMaxAge", "AccessControlMaxAgeHeaderValue", 60, "60"),
  header("server", "ServerEnabled", false),
];
