import { TRUST_STORE } from "./account";
import { CERTIFICATE, WEB_ACL } from "./groups";

/** One argument, the resource that it reaches, and what stands there. */
export interface Reached {
  /** Where the argument stands; keys of the user's own are called `key`. */
  readonly path: string;
  readonly value: unknown;
  /** The child's name, and where in its inputs the argument arrives. */
  readonly child: string;
  readonly property: string;
  readonly expected: unknown;
  /** The other arguments without which this one means nothing. */
  readonly beside: object;
}

function reaches(
  path: string,
  value: unknown,
  target: string,
  expected: unknown = value,
  beside: object = {},
): Reached {
  const [child, property] = target.split(" ");
  return { path, value, child, property, expected, beside };
}

const OTHER = "arn:aws:acm:us-west-2:123456789012:certificate/two";
const TOPIC = "arn:aws:sns:us-west-2:123456789012:on-call";
const HTTPS = { certificateArn: CERTIFICATE };
const RANDOM = { targetGroup: { loadBalancingAlgorithmType: "weighted_random" } };
const APPLICATION = { targetGroup: { stickiness: { type: "app_cookie", cookieName: "sid" } } };
const ADDRESSES = { targetGroup: { targetType: "ip" }, targets: { key: { id: "10.0.0.1" } } };
const FUNCTION = { instanceIds: undefined, targetGroup: { targetType: "lambda" } };
const POLICY = "ELBSecurityPolicy-TLS13-1-3-2021-06";
const FAILOVER = {
  targetGroup: {
    targetGroupHealth: {
      dnsFailover: { minimumHealthyTargetsCount: "9", minimumHealthyTargetsPercentage: "90" },
    },
  },
};
const TOLD = { alarms: { topicArns: [TOPIC] } };
const OWN_GROUP = { securityGroupIds: undefined };
const STICKY = { targetGroups: { key: {} }, forward: { weights: { default: 1, key: 1 } } };
const SUBNETS = ["subnet-a", "subnet-b"];

const NETWORK = [
  reaches(
    "availabilityZones",
    ["us-west-2b", "us-west-2c"],
    "web-alb subnets",
    ["subnet-b", "subnet-c"],
    { instanceIds: [] },
  ),
  reaches("subnetIds", SUBNETS, "web-alb subnets", SUBNETS, { availabilityZones: undefined }),
  reaches("vpcId", "vpc-default", "web-tg vpcId"),
  reaches("internal", true, "web-alb internal"),
  reaches("ipAddressType", "dualstack", "web-alb ipAddressType"),
  reaches("securityGroupIds", ["sg-9"], "web-alb securityGroups"),
  reaches(
    "ingressCidrBlocks",
    ["10.0.0.0/8"],
    "web-ingress-80-10.0.0.0/8 cidrIpv4",
    "10.0.0.0/8",
    OWN_GROUP,
  ),
  reaches("targetSecurityGroupIds", ["sg-t"], "web-target-ingress-80-sg-t securityGroupId", "sg-t"),
];

const SERVERS = [
  reaches("instanceIds", ["i-1"], "web-attachment-i-1 targetId", "i-1"),
  reaches("targets.key.id", "i-2", "web-attachment-key targetId", "i-2", { instanceIds: [] }),
  reaches("targets.key.port", 81, "web-attachment-key port", 81, {
    targets: { key: { id: "i-2" } },
  }),
  reaches("targets.key.availabilityZone", "all", "web-attachment-key availabilityZone", "all", {
    ...ADDRESSES,
    instanceIds: undefined,
  }),
  reaches("autoScalingGroupNames.key", "fleet", "web-asg-key autoscalingGroupName"),
];

const TARGET_GROUP = [
  reaches("targetGroup.port", 8080, "web-tg port"),
  reaches("targetGroup.protocol", "HTTPS", "web-tg protocol"),
  reaches("targetGroup.protocolVersion", "HTTP2", "web-tg protocolVersion", "HTTP2", HTTPS),
  reaches("targetGroup.targetType", "ip", "web-tg targetType", "ip", { instanceIds: undefined }),
  reaches("targetGroup.ipAddressType", "ipv6", "web-tg ipAddressType", "ipv6", {
    ipAddressType: "dualstack",
    instanceIds: undefined,
  }),
  reaches("targetGroup.deregistrationDelay", 7, "web-tg deregistrationDelay"),
  reaches("targetGroup.slowStart", 30, "web-tg slowStart"),
  reaches(
    "targetGroup.loadBalancingAlgorithmType",
    "least_outstanding_requests",
    "web-tg loadBalancingAlgorithmType",
  ),
  reaches(
    "targetGroup.loadBalancingAnomalyMitigation",
    "on",
    "web-tg loadBalancingAnomalyMitigation",
    "on",
    RANDOM,
  ),
  reaches(
    "targetGroup.loadBalancingCrossZoneEnabled",
    "false",
    "web-tg loadBalancingCrossZoneEnabled",
  ),
  reaches(
    "targetGroup.lambdaMultiValueHeadersEnabled",
    true,
    "web-tg lambdaMultiValueHeadersEnabled",
    true,
    FUNCTION,
  ),
  reaches("targetGroup.healthCheck.enabled", true, "web-tg healthCheck.enabled", true, FUNCTION),
  ...["dnsFailover", "unhealthyStateRouting"].flatMap((what) => {
    const at = `targetGroupHealth.${what}`;
    const count = what === "dnsFailover" ? "2" : 2;
    return [
      reaches(
        `targetGroup.${at}.minimumHealthyTargetsCount`,
        count,
        `web-tg ${at}.minimumHealthyTargetsCount`,
        count,
        what === "dnsFailover" ? {} : FAILOVER,
      ),
      reaches(
        `targetGroup.${at}.minimumHealthyTargetsPercentage`,
        "50",
        `web-tg ${at}.minimumHealthyTargetsPercentage`,
        "50",
        what === "dnsFailover" ? {} : FAILOVER,
      ),
    ];
  }),
  reaches("targetGroup.stickiness.type", "lb_cookie", "web-tg stickiness.type"),
  reaches("targetGroup.stickiness.cookieDuration", 60, "web-tg stickiness.cookieDuration"),
  reaches(
    "targetGroup.stickiness.cookieName",
    "session",
    "web-tg stickiness.cookieName",
    "session",
    APPLICATION,
  ),
  reaches("targetGroup.healthCheck.path", "/up", "web-tg healthCheck.path"),
  reaches("targetGroup.healthCheck.port", 9000, "web-tg healthCheck.port", "9000"),
  reaches("targetGroup.healthCheck.protocol", "HTTPS", "web-tg healthCheck.protocol"),
  reaches("targetGroup.healthCheck.interval", 30, "web-tg healthCheck.interval"),
  reaches("targetGroup.healthCheck.timeout", 3, "web-tg healthCheck.timeout"),
  reaches("targetGroup.healthCheck.healthyThreshold", 4, "web-tg healthCheck.healthyThreshold"),
  reaches("targetGroup.healthCheck.unhealthyThreshold", 6, "web-tg healthCheck.unhealthyThreshold"),
  reaches("targetGroup.healthCheck.matcher", "204", "web-tg healthCheck.matcher"),
];

const LISTENERS = [
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

const LOAD_BALANCER = [
  reaches("idleTimeout", 30, "web-alb idleTimeout"),
  reaches("clientKeepAlive", 120, "web-alb clientKeepAlive"),
  reaches("dropInvalidHeaderFields", false, "web-alb dropInvalidHeaderFields"),
  reaches("desyncMitigationMode", "strictest", "web-alb desyncMitigationMode"),
  reaches("xffHeaderProcessingMode", "remove", "web-alb xffHeaderProcessingMode"),
  reaches("xffClientPort", true, "web-alb enableXffClientPort"),
  reaches("preserveHostHeader", true, "web-alb preserveHostHeader"),
  reaches("tlsVersionAndCipherSuiteHeaders", true, "web-alb enableTlsVersionAndCipherSuiteHeaders"),
  reaches("wafFailOpen", true, "web-alb enableWafFailOpen"),
  reaches("zonalShift", true, "web-alb enableZonalShift"),

  reaches("http2", false, "web-alb enableHttp2"),
  reaches("deletionProtection", true, "web-alb enableDeletionProtection"),
  reaches("webAclArn", WEB_ACL, "web-waf webAclArn"),
  reaches("accessLogs.bucket", "logs", "web-alb accessLogs.bucket"),
  reaches("accessLogs.prefix", "web", "web-alb accessLogs.prefix"),
  reaches("accessLogs.enabled", false, "web-alb accessLogs.enabled"),
  reaches("connectionLogs.bucket", "logs", "web-alb connectionLogs.bucket"),
  reaches("connectionLogs.prefix", "web", "web-alb connectionLogs.prefix"),
  reaches("connectionLogs.enabled", false, "web-alb connectionLogs.enabled"),
  reaches("healthCheckLogs.bucket", "logs", "web-alb healthCheckLogs.bucket"),
  reaches("healthCheckLogs.prefix", "web", "web-alb healthCheckLogs.prefix"),
  reaches("healthCheckLogs.enabled", false, "web-alb healthCheckLogs.enabled"),
  reaches("logExpirationDays", 30, "web-logs-lifecycle rules[0].expiration.days", 30, {
    accessLogs: {},
  }),
  reaches("tags.key", "value", "web-alb tags.key"),
];

const OPERATIONS = [
  reaches("alarms.topicArns", [TOPIC], "web-alarm-elb-5xx alarmActions"),
  reaches("alarms.unhealthyHosts", 2, "web-alarm-unhealthy-hosts threshold", 2, TOLD),
  reaches("alarms.elb5xxPercent", 3, "web-alarm-elb-5xx threshold", 3, TOLD),
  reaches("alarms.target5xxPercent", 4, "web-alarm-target-5xx threshold", 4, TOLD),
  reaches("alarms.targetResponseTime", 500, "web-alarm-response-time threshold", 0.5, TOLD),
  reaches("alarms.rejectedConnections", 6, "web-alarm-rejected-connections threshold", 6, TOLD),
  reaches("dashboard", true, "web-dashboard dashboardName", "web-alb"),
];

/** Further target groups take what the main one takes, and have servers of their own. */
const further = [...TARGET_GROUP, ...SERVERS].map(({ beside, ...reached }) => {
  const path = `targetGroups.key.${reached.path.replace(/^targetGroup\./, "")}`;
  const child = reached.child.replace(/^web-(tg|attachment|asg)/, "web-$1-key");
  return { ...reached, path, child, beside: furtherGroup(beside) };
});

function furtherGroup(beside: {
  targetGroup?: object;
  targets?: object;
  certificateArn?: string;
  ipAddressType?: string;
}) {
  const { targetGroup = {}, targets, certificateArn, ipAddressType } = beside;
  const servers = targets === undefined ? {} : { targets };
  return {
    certificateArn,
    ipAddressType,
    targetGroups: { key: { ...targetGroup, ...servers } },
    forward: { weights: { key: 1 } },
    instanceIds: undefined,
  };
}

const RULE = { pathPatterns: ["/a"], targetGroup: "default" };
const RULED = { rules: { key: RULE } };
const acting = (action: object) => ({ rules: { key: { pathPatterns: ["/a"], ...action } } });
const REDIRECT = { redirect: { statusCode: "HTTP_301", host: "b.example.com" } };
const ANSWER = { fixedResponse: { statusCode: 404 } };
const SHARED = {
  targetGroups: { key: {} },
  ...acting({ forward: { weights: { default: 1, key: 1 } } }),
};

const inRule = (
  path: string,
  value: unknown,
  property: string,
  expected?: unknown,
  beside: object = RULED,
) => reaches(`rules.key.${path}`, value, `web-rule-key ${property}`, expected, beside);
/** Conditions before and after that on the path. */
const before = "conditions[0]";
const after = "conditions[1]";

const RULES = [
  inRule("priority", 7, "priority"),
  inRule("hostHeaders", ["a.example.com"], `${before}.hostHeader.values`),
  inRule("pathPatterns", ["/b"], `${before}.pathPattern.values`),
  inRule("httpHeaders.key", ["v"], `${after}.httpHeader.values`),
  inRule("httpRequestMethods", ["GET"], `${after}.httpRequestMethod.values`),
  inRule("queryStrings.key", ["v"], `${after}.queryStrings`, [{ key: "key", value: "v" }]),
  inRule("sourceIps", ["192.0.2.0/24"], `${after}.sourceIp.values`),
  inRule("targetGroup", "key", "actions[0].targetGroupArn", "arn:web-tg-key", {
    targetGroups: { key: {} },
    ...RULED,
  }),
  inRule("forward.weights.key", 3, "actions[0].forward.targetGroups[1].weight", 3, SHARED),
  inRule("forward.stickinessDuration", 60, "actions[0].forward.stickiness.duration", 60, SHARED),
  ...(
    [
      ["statusCode", "HTTP_302"],
      ["protocol", "HTTPS"],
      ["host", "c.example.com"],
      ["port", 8443, "8443"],
      ["path", "/c"],
      ["query", "a=b"],
    ] as const
  ).map(([key, value, expected = value]) =>
    inRule(`redirect.${key}`, value, `actions[0].redirect.${key}`, expected, acting(REDIRECT)),
  ),
  ...(
    [
      ["statusCode", 503, "503"],
      ["contentType", "text/html"],
      ["messageBody", "<p>Soon</p>"],
    ] as const
  ).map(([key, value, expected = value]) =>
    inRule(
      `fixedResponse.${key}`,
      value,
      `actions[0].fixedResponse.${key}`,
      expected,
      acting(ANSWER),
    ),
  ),
];

const OIDC = {
  issuer: "https://login.example.com",
  authorizationEndpoint: "https://login.example.com/authorize",
  tokenEndpoint: "https://login.example.com/token",
  userInfoEndpoint: "https://login.example.com/userinfo",
  clientId: "web",
  clientSecret: "hidden",
};
const COGNITO = {
  userPoolArn: "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_a1",
  userPoolClientId: "web",
  userPoolDomain: "shop",
};
const LOGIN = {
  onUnauthenticatedRequest: "deny",
  scope: "openid email",
  sessionCookieName: "login",
  sessionTimeout: 60,
};
const logins = (property: string, settings: object) =>
  Object.entries({ ...settings, ...LOGIN, "authenticationRequestExtraParams.key": "v" }).map(
    ([key, value]) =>
      inRule(
        `${property}.${key}`,
        value,
        `actions[0].${property}.${key}`,
        key === "clientSecret" ? { secret: value } : value,
        { ...HTTPS, rules: { key: { ...RULE, [property]: settings } } },
      ),
  );

/** The default action has a redirect and a fixed response as rules have them. */
const defaults = RULES.filter(({ path }) => /\.(redirect|fixedResponse)\./.test(path)).map(
  ({ path, property, ...reached }): Reached => {
    const own = path.replace("rules.key", "defaultAction");
    const defaultAction = own.includes(".redirect.") ? REDIRECT : ANSWER;
    const beside = { defaultAction, instanceIds: undefined };
    return {
      ...reached,
      path: own,
      child: "web-http",
      property: `defaultA${property.slice(1)}`,
      beside,
    };
  },
);

/** Each argument that a resource is sent. */
const DOMAIN = { domain: { name: "a.example.com", zoneId: "Z1" } };

const DOMAINS = [
  reaches("domain.name", "b.example.com", "web-domain domainName", "b.example.com", DOMAIN),
  reaches("domain.zoneId", "Z2", "web-a-a.example.com zoneId", "Z2", DOMAIN),
  reaches(
    "domain.alternateNames",
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

const HEADERS = [
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
  header("serverEnabled", "ServerEnabled", false),
];

const mutual = (argument: string, value: unknown) =>
  reaches(
    `mutualAuthentication.${argument}`,
    value,
    `web-https mutualAuthentication.${argument}`,
    value,
    { ...HTTPS, mutualAuthentication: { mode: "verify", trustStoreArn: TRUST_STORE } },
  );

const MUTUAL_AUTHENTICATION = [
  mutual("mode", "verify"),
  mutual("trustStoreArn", TRUST_STORE),
  mutual("ignoreClientCertificateExpiry", true),
  mutual("advertiseTrustStoreCaNames", "on"),
];

export const REACHED: readonly Reached[] = [
  ...NETWORK,
  ...SERVERS,
  ...RULES,
  ...logins("authenticateOidc", OIDC),
  ...logins("authenticateCognito", COGNITO),
  ...defaults,
  ...TARGET_GROUP,
  ...further,
  ...LISTENERS,
  ...MUTUAL_AUTHENTICATION,
  ...DOMAINS,
  ...HEADERS,
  ...LOAD_BALANCER,
  ...OPERATIONS,
];

/** Those that are sent to nobody: what they decide, other tests show. */
export const DECIDING = [
  "httpsOnly",
  "preflight",
  "adopt.loadBalancerArn",
  "adopt.targetGroupArn",
  "adopt.targetGroupArns.key",
  "adopt.listenerArns.http",
  "adopt.listenerArns.https",
  "adopt.ruleArns.key",
];
