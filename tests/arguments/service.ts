import type { LoadBalancedServiceArgs } from "../../components/args";
import { JWT } from "../support/logins";
import { bad, type BadArguments, type GoodArguments } from "./table";

export const LISTENER =
  "arn:aws:elasticloadbalancing:us-west-2:123456789012:listener/app/front/0123456789abcdef/fedcba9876543210";

const certificate = (id: string, region = "us-west-2") =>
  `arn:aws:acm:${region}:123456789012:certificate/${id}`;

/** The least arguments of a service. */
export const SERVICE: LoadBalancedServiceArgs = {
  listenerArn: LISTENER,
  rules: { main: { pathPatterns: ["/orders/*"], targetGroup: "default" } },
};

const tags = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "x"]));

export const GOOD_SERVICES: readonly GoodArguments[] = [
  ["a rule for the main target group", SERVICE],
  [
    "a rule that only redirects",
    {
      ...SERVICE,
      rules: {
        old: { pathPatterns: ["/old"], redirect: { statusCode: "HTTP_301", path: "/new" } },
      },
    },
  ],
  [
    "the load balancer's security group, opened to addresses outside the VPC",
    {
      ...SERVICE,
      targetGroup: { targetType: "ip" },
      targets: { office: { id: "10.9.9.9", availabilityZone: "all" } },
      loadBalancerSecurityGroupId: "sg-0123456789abcdef0",
    },
  ],
  [
    "two target groups by weight",
    {
      listenerArn: LISTENER,
      rules: {
        main: {
          hostHeaders: ["orders.example.com"],
          forward: { weights: { default: 9, canary: 1 } },
        },
      },
      instanceIds: ["i-0a1b2c3d4e5f60001"],
      targetGroups: { canary: { instanceIds: ["i-0a1b2c3d4e5f60002"] } },
    },
  ],
  [
    "a login and HTTP2, because the listener may be one for HTTPS",
    {
      ...SERVICE,
      targetGroup: { protocolVersion: "HTTP2" },
      rules: {
        main: {
          pathPatterns: ["/orders/*"],
          targetGroup: "default",
          authenticateCognito: {
            userPoolArn: "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abc",
            userPoolClientId: "client",
            userPoolDomain: "orders",
          },
        },
      },
    },
  ],
  [
    "the validation of tokens, because the listener may be one for HTTPS",
    {
      ...SERVICE,
      rules: { main: { pathPatterns: ["/o"], targetGroup: "default", jwtValidation: JWT } },
    },
  ],
  ["certificates", { ...SERVICE, certificateArns: { a: certificate("a"), b: certificate("b") } }],
  [
    "security groups of both sides",
    {
      ...SERVICE,
      targetSecurityGroupIds: ["sg-0123456789abcdef0"],
      loadBalancerSecurityGroupId: "sg-0123456789abcdef1",
    },
  ],
  ["49 tags", { ...SERVICE, tags: tags(49) }],
];

/** The whole arguments of services with one problem. */
export const BAD_SERVICES: readonly BadArguments[] = [
  bad("listenerArn", "required", { rules: SERVICE.rules }, "listenerArns"),
  bad("rules", "required", { listenerArn: LISTENER }, "add a rule"),
  bad("rules", "required", { ...SERVICE, rules: {} }, "gets no requests"),
  bad(
    "listenerArn",
    "format",
    { ...SERVICE, listenerArn: LISTENER.replace("/app/", "/net/") },
    "Application Load Balancer's listener",
  ),
  bad(
    "listenerArn",
    "format",
    { ...SERVICE, listenerArn: LISTENER.replace(/\/[^/]+$/, "") },
    "listener/app/<name>",
  ),
  bad(
    "rules.main",
    "required",
    { ...SERVICE, rules: { main: { pathPatterns: ["/orders/*"] } } },
    "must have an action",
  ),
  bad(
    "rules.main.targetGroup",
    "unknown",
    { ...SERVICE, rules: { main: { pathPatterns: ["/a"], targetGroup: "blue" } } },
    '"blue"',
  ),
  bad("targetGroups.blue", "unused", { ...SERVICE, targetGroups: { blue: {} } }, "is not used"),
  bad(
    "instanceIds",
    "unused",
    {
      listenerArn: LISTENER,
      rules: { old: { pathPatterns: ["/old"], fixedResponse: { statusCode: 410 } } },
      instanceIds: ["i-0a1b2c3d4e5f60001"],
    },
    "main target group",
  ),
  bad(
    "rules.old.redirect",
    "conflict",
    {
      ...SERVICE,
      rules: { old: { pathPatterns: ["/old"], redirect: { statusCode: "HTTP_301" } } },
    },
    "redirected forever",
  ),
  bad(
    "certificateArns.a",
    "region",
    { ...SERVICE, certificateArns: { a: certificate("a", "eu-west-1") } },
    "us-west-2",
  ),
  bad(
    "certificateArns.b",
    "repeated",
    { ...SERVICE, certificateArns: { a: certificate("a"), b: certificate("a") } },
    "certificateArns.a",
  ),
  bad(
    "targetSecurityGroupIds",
    "required",
    { ...SERVICE, loadBalancerSecurityGroupId: "sg-0123456789abcdef0" },
    "loadBalancerSecurityGroupId",
  ),
  bad(
    "loadBalancerSecurityGroupId",
    "format",
    {
      ...SERVICE,
      targetSecurityGroupIds: ["sg-0123456789abcdef0"],
      loadBalancerSecurityGroupId: "web",
    },
    '"web"',
  ),
  bad("tags", "too-many", { ...SERVICE, tags: tags(50) }, "at most 49"),
  bad(
    "vpcId",
    "unknown",
    { ...SERVICE, vpcId: "vpc-0123456789abcdef0" },
    "in the VPC of their load balancer",
  ),
  bad(
    "certificateArn",
    "unknown",
    { ...SERVICE, certificateArn: certificate("a") },
    "certificateArns",
  ),
  bad("availabilityZones", "unknown", { ...SERVICE, availabilityZones: ["us-west-2a"] }),
];
