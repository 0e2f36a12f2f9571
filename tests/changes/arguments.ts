import fc from "fast-check";
import { CERTIFICATE, FIRST, OTHER_CERTIFICATE, SECOND, THIRD } from "../support/stage";
import { sampleAccount } from "../../emulator";
import {
  AUTO_SCALING_GROUPS,
  FUNCTIONS,
  GIVEN_GROUP,
  OTHER_ZONE,
  PRIVATE_ZONE,
  SERVERS_GROUP,
  TRUST_STORE,
} from "./account";

const { region, accountId, hostedZones, webAcls, logBuckets, instances } = sampleAccount();

const one = <T>(...values: T[]) => fc.constantFrom(...values);
const some = <T>(...values: T[]) => fc.shuffledSubarray(values, { minLength: 1 });
const partly = <T extends object>(properties: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(properties, { requiredKeys: [] });
/** Some of these keys, each with a value. */
const keyed = <T>(keys: string[], value: fc.Arbitrary<T>) =>
  fc.dictionary(one(...keys), value, { minKeys: 1, maxKeys: keys.length, noNullPrototype: true });

const serverTarget = fc.record(
  { id: one(FIRST, SECOND, THIRD), port: one(80, 8080) },
  { requiredKeys: ["id"] },
);
/*
 * One address in AWS is not in the VPC, and always has the same zone: a target whose zone changes under
 * the same ID and port is deregistered, since AWS's order can't be had from Pulumi.
 */
const addressTarget = fc.oneof(
  { weight: 4, arbitrary: one(...instances.map(({ privateIpAddress: id }) => ({ id }))) },
  { weight: 1, arbitrary: fc.constant({ id: "10.9.0.1", availabilityZone: "all" }) },
);
const targets = fc.oneof(
  { weight: 6, arbitrary: keyed(["a", "b", "c"], serverTarget) },
  { weight: 2, arbitrary: keyed(["a", "b"], addressTarget) },
  { weight: 1, arbitrary: keyed(["f"], fc.record({ id: one(...FUNCTIONS) })) },
);

const healthCheck = partly({
  path: one("/", "/health"),
  port: one(80, 8080),
  interval: one(6, 10),
  timeout: one(3, 5),
  healthyThreshold: one(3, 2),
  unhealthyThreshold: one(3, 4),
  matcher: one("200-299", "200,404"),
});
const stickiness = fc.oneof(
  partly({ cookieDuration: one(60, 3600) }),
  fc.constant({ type: "app_cookie", cookieName: "SESSION" }),
);
const targetGroupHealth = partly({
  dnsFailover: partly({ minimumHealthyTargetsCount: one("2", "off") }),
  unhealthyStateRouting: partly({
    minimumHealthyTargetsCount: one(1, 2),
    minimumHealthyTargetsPercentage: one("50", "off"),
  }),
});

/** The settings of a target group. HTTP2 and GRPC are left out, which the emulator does not support. */
const SETTINGS = {
  port: one(80, 8080),
  protocol: one("HTTP", "HTTPS"),
  targetType: fc.oneof(
    { weight: 4, arbitrary: fc.constant("instance") },
    { weight: 2, arbitrary: fc.constant("ip") },
    { weight: 1, arbitrary: fc.constant("lambda") },
  ),
  // With 0, requests in progress end when their target is removed, as in AWS.
  deregistrationDelay: one(1, 2, 60),
  slowStart: one(0, 30, 60),
  targetControlPort: one(3000, 3001),
  loadBalancingAlgorithmType: one("round_robin", "least_outstanding_requests", "weighted_random"),
  loadBalancingAnomalyMitigation: one("off", "on"),
  loadBalancingCrossZone: one("true", "use_load_balancer_configuration"),
  lambdaMultiValueHeaders: fc.boolean(),
  targetGroupHealth,
  stickiness,
  healthCheck,
};
const furtherGroup = fc.oneof(
  partly({ ...SETTINGS, targetType: fc.constant("instance"), instanceIds: some(FIRST, SECOND) }),
  partly({
    port: SETTINGS.port,
    targets: keyed(["a", "b"], serverTarget),
    autoScalingGroupNames: keyed(["x"], one(...AUTO_SCALING_GROUPS)),
  }),
  fc.record({
    targetType: fc.constant("lambda"),
    targets: keyed(["f"], fc.record({ id: one(...FUNCTIONS) })),
  }),
);

/** Without `managedElsewhere`, with which a change of the target groups has no effect, or is refused at preview. */
const forward = fc.record(
  {
    weights: keyed(["default", "blue", "green"], one(0, 1, 10)),
    stickinessDuration: one(60, 3600),
  },
  // Without a duration, AWS keeps the last one, and refuses a target group that becomes sticky.
  { requiredKeys: ["weights", "stickinessDuration"] },
);
const redirect = fc.record(
  {
    statusCode: one("HTTP_301", "HTTP_302"),
    host: one("www.example.com", "shop.example.com"),
    path: one("/moved", "/moved/#{path}"),
    query: one("a=b"),
  },
  { requiredKeys: ["statusCode", "host"] },
);
const fixedResponse = fc.record(
  {
    statusCode: one(200, 404, 503),
    contentType: one("text/plain", "text/html"),
    messageBody: one("sorry", "gone"),
  },
  { requiredKeys: ["statusCode"] },
);
/** Values, or less often regular expressions, or nothing. */
const valuesOrRegexes = (values: Record<string, fc.Arbitrary<string[]>>, regexes: typeof values) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.record(values) },
    { weight: 1, arbitrary: fc.record(regexes) },
    { weight: 4, arbitrary: fc.constant({}) },
  );
const conditions = fc
  .tuple(
    valuesOrRegexes(
      { hostHeaders: some("api.example.com", "*.example.org") },
      { hostHeaderRegexValues: some("^api\\.example\\.(com|net)$", "\\.org$") },
    ),
    valuesOrRegexes(
      { pathPatterns: some("/api/*", "/img/*", "/admin") },
      { pathPatternRegexValues: some("^/v\\d+/", "^/[a-z]{2}/") },
    ),
    partly({
      httpHeaders: fc.constant({ "X-Version": ["2", "3"] }),
      httpHeaderConditions: keyed(
        ["a", "b"],
        one(
          { httpHeaderName: "X-Version", values: ["4"] },
          { httpHeaderName: "X-Other", regexValues: ["^\\d$"] },
        ),
      ),
      httpRequestMethods: some("POST", "PUT"),
      queryStrings: fc.constant({ preview: ["1"] }),
      sourceIps: some("192.0.2.0/24", "198.51.100.7/32"),
    }),
  )
  .map(([hosts, paths, others]) => ({ ...hosts, ...paths, ...others }))
  .filter((given) => Object.keys(given).length > 0);
const login = partly({
  onUnauthenticatedRequest: one("deny", "allow"),
  scope: one("openid email"),
  sessionCookieName: one("Session"),
  sessionTimeout: one(3600),
  authenticationRequestExtraParams: fc.constant({ display: "page" }),
});
const oidc = {
  issuer: "https://id.example.com",
  authorizationEndpoint: "https://id.example.com/authorize",
  tokenEndpoint: "https://id.example.com/token",
  userInfoEndpoint: "https://id.example.com/user",
  clientId: "client",
  clientSecret: "secret",
};
const jwtValidation = fc.record(
  {
    issuer: one("https://id.example.com", "https://id.example.org"),
    jwksEndpoint: fc.constant("https://id.example.com/keys.json"),
    additionalClaims: keyed(
      ["scope", "roles"],
      fc.record({ format: one("string-array", "single-string"), values: some("a", "b") }),
    ),
  },
  { requiredKeys: ["issuer", "jwksEndpoint"] },
);
const cognito = {
  userPoolArn: `arn:aws:cognito-idp:${region}:${accountId}:userpool/${region}_AbCdEfGhI`,
  userPoolClientId: "1234567890abcdef",
  userPoolDomain: "users",
};
const rewrites = {
  urlRewrite: one({ regex: "^/api/", replace: "/" }, { regex: "^([^?]*)", replace: "/new" }),
  hostHeaderRewrite: one({ regex: "^(.+)$", replace: "$1.internal" }),
};
const action = fc.oneof(
  fc.record(
    { targetGroup: one("default", "blue", "green"), ...rewrites },
    { requiredKeys: ["targetGroup"] },
  ),
  fc.record({ forward, ...rewrites }, { requiredKeys: ["forward"] }),
  fc.record({ redirect }),
  fc.record({ fixedResponse }),
  fc.record({
    targetGroup: one("default", "blue"),
    authenticateOidc: login.map((settings) => ({ ...oidc, ...settings })),
  }),
  fc.record({
    targetGroup: one("default", "blue"),
    authenticateCognito: login.map((settings) => ({ ...cognito, ...settings })),
  }),
  fc.record({ targetGroup: one("default", "blue"), jwtValidation }),
);
const rule = fc
  .tuple(conditions, action, fc.option(one(10, 20, 30), { nil: undefined }))
  .map(([of, what, priority]) =>
    priority === undefined ? { ...of, ...what } : { priority, ...of, ...what },
  );

const logs = fc.record(
  {
    bucket: fc.constant(logBuckets[0]),
    prefix: one("web", "logs/web"),
    enabled: fc.boolean(),
  },
  { requiredKeys: [] },
);
const alarms = fc.record(
  {
    topicArns: some(
      ...["on-call", "team"].map((topic) => `arn:aws:sns:${region}:${accountId}:${topic}`),
    ),
    unhealthyHosts: one(1, 2),
    elb5xxPercent: one(2, 5),
    target5xxPercent: one(10),
    targetResponseTime: one(500),
    rejectedConnections: one(5),
  },
  { requiredKeys: ["topicArns"] },
);

/** The provider can't change HTTPS to HTTP, so each protocol has ports of its own. */
const furtherListener = fc.oneof(
  fc.record(
    { port: one(80, 81, 82), protocol: fc.constant("HTTP"), forward, rules: keyed(["x"], rule) },
    { requiredKeys: ["port", "protocol"] },
  ),
  fc.record(
    {
      port: one(445, 446),
      protocol: fc.constant("HTTPS"),
      certificateArn: one(CERTIFICATE, OTHER_CERTIFICATE),
      additionalCertificateArns: keyed(["x"], one(CERTIFICATE, OTHER_CERTIFICATE)),
      defaultAction: fc.record({ fixedResponse }),
    },
    { requiredKeys: ["port", "protocol", "certificateArn"] },
  ),
);

/** How an argument is chosen: its values, how often it is there at first, and how often it is changed. */
interface Choice {
  readonly values: fc.Arbitrary<unknown>;
  readonly presence: number;
  readonly weight: number;
}

const often = (values: fc.Arbitrary<unknown>): Choice => ({ values, presence: 0.6, weight: 8 });
const sometimes = (values: fc.Arbitrary<unknown>): Choice => ({ values, presence: 0.2, weight: 4 });
/** For attributes that have to do with nothing else. */
const rarely = (values: fc.Arbitrary<unknown>): Choice => ({ values, presence: 0.08, weight: 1 });

/** The arguments that change, by the path of each, with their values. */
export const CHOICES: Readonly<Record<string, Choice>> = {
  instanceIds: often(some(FIRST, SECOND, THIRD)),
  targets: often(targets),
  autoScalingGroupNames: sometimes(keyed(["x", "y"], one(...AUTO_SCALING_GROUPS))),
  ...Object.fromEntries(
    Object.entries(SETTINGS).map(([name, values]) => [`targetGroup.${name}`, sometimes(values)]),
  ),
  "targetGroups.blue": sometimes(furtherGroup),
  "targetGroups.green": sometimes(furtherGroup),
  forward: sometimes(forward),
  authenticateOidc: rarely(login.map((settings) => ({ ...oidc, ...settings }))),
  authenticateCognito: rarely(login.map((settings) => ({ ...cognito, ...settings }))),
  jwtValidation: rarely(jwtValidation),
  defaultAction: sometimes(fc.oneof(fc.record({ redirect }), fc.record({ fixedResponse }))),
  ...Object.fromEntries(["one", "two", "three"].map((key) => [`rules.${key}`, sometimes(rule)])),
  availabilityZones: sometimes(
    one(["us-west-2a", "us-west-2b", "us-west-2c"], ["us-west-2b", "us-west-2a"]),
  ),
  internal: sometimes(fc.boolean()),
  ipAddressType: sometimes(one("dualstack", "dualstack-without-public-ipv4")),
  securityGroupIds: sometimes(one([GIVEN_GROUP], [GIVEN_GROUP, SERVERS_GROUP])),
  targetSecurityGroupIds: sometimes(fc.constant([SERVERS_GROUP])),
  ingressSecurityGroupIds: rarely(keyed(["x", "y"], one(SERVERS_GROUP, GIVEN_GROUP))),
  ingressPrefixListIds: rarely(keyed(["x"], one("pl-0123456789abcdef0"))),
  ingressCidrBlocks: sometimes(some("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")),
  // A replaced load balancer needs its port twice, and the emulator has those from 1024 only once.
  port: sometimes(one(80, 88, 443)),
  httpsPort: rarely(one(443, 444)),
  redirectStatusCode: rarely(one("HTTP_301", "HTTP_302")),
  "listeners.test": sometimes(furtherListener),
  certificateArn: sometimes(one(CERTIFICATE, OTHER_CERTIFICATE)),
  additionalCertificateArns: sometimes(keyed(["x", "y"], one(CERTIFICATE, OTHER_CERTIFICATE))),
  httpsOnly: sometimes(fc.boolean()),
  sslPolicy: rarely(
    one("ELBSecurityPolicy-TLS13-1-2-2021-06", "ELBSecurityPolicy-TLS13-1-3-2021-06"),
  ),
  mutualAuthentication: rarely(
    fc.oneof(
      fc.record({ mode: one("off", "passthrough") }),
      fc.record(
        {
          mode: fc.constant("verify"),
          trustStoreArn: fc.constant(TRUST_STORE),
          ignoreClientCertificateExpiry: fc.boolean(),
          advertiseTrustStoreCaNames: one("on", "off"),
        },
        // AWS keeps advertiseTrustStoreCaNames when it is left out, as its docs say.
        { requiredKeys: ["mode", "trustStoreArn", "advertiseTrustStoreCaNames"] },
      ),
    ),
  ),
  domain: sometimes(
    fc.oneof(
      fc.record(
        {
          name: one("www.example.com", "example.com"),
          zoneId: fc.constant(hostedZones[0].zoneId),
          alternativeNames: some("shop.example.com", "*.example.com"),
          keyAlgorithms: some("RSA_2048", "EC_prime256v1"),
        },
        { requiredKeys: ["name", "zoneId"] },
      ),
      fc.record({
        name: one("www.example.com", "example.org"),
        alternativeNames: some("shop.example.com", "shop.example.org"),
        zoneId: fc.constant(PRIVATE_ZONE),
        validationZoneId: fc.constant(hostedZones[0].zoneId),
        zones: fc.constant({ "example.org": { zoneId: OTHER_ZONE } }),
      }),
    ),
  ),
  requestHeaderNames: {
    values: fc.record(
      {
        clientCertificate: one("X-Client-Chain"),
        tlsVersion: one("X-Client-Tls"),
        tlsCipherSuite: one("X-Client-Cipher"),
      },
      { requiredKeys: ["tlsVersion"] },
    ),
    presence: 0.1,
    weight: 1,
  },
  responseHeaders: rarely(
    partly({
      strictTransportSecurity: one("max-age=31536000"),
      contentSecurityPolicy: one("default-src 'self'"),
      contentTypeOptions: fc.constant("nosniff"),
      frameOptions: one("DENY", "SAMEORIGIN"),
      accessControlAllowOrigin: one("https://www.example.com"),
      accessControlAllowMethods: fc.constant(["GET", "POST"]),
      accessControlMaxAge: one(600),
      server: fc.boolean(),
    }),
  ),
  webAclArn: sometimes(one(...webAcls.map(({ arn }) => arn))),
  accessLogs: rarely(logs),
  connectionLogs: rarely(logs),
  healthCheckLogs: rarely(logs),
  logExpirationDays: rarely(one(30, 90)),
  alarms: sometimes(alarms),
  dashboard: rarely(fc.boolean()),
  deletionProtection: { values: fc.boolean(), presence: 0.04, weight: 1 },
  tags: rarely(keyed(["team", "cost"], one("web", "shop"))),
  idleTimeout: rarely(one(30, 120)),
  clientKeepAlive: rarely(one(60, 7200)),
  minimumCapacityUnits: rarely(one(100, 200)),
  ipv4IpamPoolId: rarely(one("ipam-pool-1", "ipam-pool-2")),
  dropInvalidHeaderFields: rarely(fc.boolean()),
  desyncMitigationMode: rarely(one("monitor", "strictest")),
  xffHeaderProcessingMode: rarely(one("preserve", "remove")),
  xffClientPort: rarely(fc.boolean()),
  preserveHostHeader: rarely(fc.boolean()),
  tlsVersionAndCipherSuiteHeaders: rarely(fc.boolean()),
  wafFailOpen: rarely(fc.boolean()),
  zonalShift: rarely(fc.boolean()),
  http2: rarely(fc.boolean()),
};
