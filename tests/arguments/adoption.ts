import * as pulumi from "@pulumi/pulumi";
import { CERTIFICATE } from "../support/exampleArgs";
import { bad, type ArgumentTable } from "./table";

const arn = (rest: string, region = "us-west-2", partition = "aws") =>
  `arn:${partition}:elasticloadbalancing:${region}:123456789012:${rest}`;
const loadBalancerArn = arn("loadbalancer/app/web/0123456789abcdef");
const targetGroupArn = arn("targetgroup/web/0123456789abcdef");
const listenerArns = {
  http: arn("listener/app/web/0123456789abcdef/01"),
  https: arn("listener/app/web/0123456789abcdef/02"),
};
const listener = arn("listener/app/web/0123456789abcdef/fedcba9876543210");
const rule = arn("listener-rule/app/web/0123456789abcdef/fedcba9876543210/01");
const RULES = { rules: { api: { pathPatterns: ["/api/*"], targetGroup: "default" } } };
const adopt = (more: object) => ({ adopt: { loadBalancerArn, ...more } });

/** What is to be taken over. */
export const ADOPTION: ArgumentTable = {
  good: [
    ["a load balancer that exists", { adopt: { loadBalancerArn } }],
    [
      "a load balancer in China",
      {
        availabilityZones: ["cn-north-1a", "cn-north-1b"],
        adopt: { loadBalancerArn: arn("loadbalancer/app/web-1/01", "cn-north-1", "aws-cn") },
      },
    ],
    [
      "an HTTPS listener that gets a certificate for a domain",
      {
        domain: { name: "www.example.com", zoneId: "Z0EXAMPLE000000000001" },
        adopt: { loadBalancerArn, listenerArns: { https: listenerArns.https } },
      },
    ],
    [
      "all that exists",
      {
        certificateArn: CERTIFICATE,
        adopt: {
          loadBalancerArn,
          targetGroupArn: arn("targetgroup/web/01"),
          targetGroupArns: { blue: arn("targetgroup/web/02") },
          listenerArns,
        },
        targetGroups: { blue: {} },
        forward: { weights: { default: 1, blue: 0 } },
      },
    ],
    [
      "a rule",
      {
        adopt: {
          loadBalancerArn,
          listenerArns: { http: listenerArns.http },
          ruleArns: { api: arn("listener-rule/app/web/0123456789abcdef/01/02") },
        },
        rules: { api: { pathPatterns: ["/api/*"], targetGroup: "default" } },
      },
    ],
    [
      "no more than the HTTPS listener",
      {
        certificateArn: CERTIFICATE,
        httpsOnly: true,
        adopt: { loadBalancerArn, listenerArns: { https: listenerArns.https } },
      },
    ],
  ],
  bad: [
    bad("adopt", "type", { adopt: loadBalancerArn }, "loadBalancerArn, targetGroupArn"),
    bad("adopt", "output", { adopt: pulumi.output({ loadBalancerArn }) }, "pass an object"),
    bad(
      "adopt.loadBalancerArn",
      "format",
      adopt({ loadBalancerArn: "web" }),
      "an Application Load",
      '"web"',
    ),
    bad(
      "adopt.loadBalancerArn",
      "format",
      adopt({ loadBalancerArn: arn("loadbalancer/net/web/0123456789abcdef") }),
      "an Application Load Balancer",
      "loadbalancer/net/web",
      "copy the ARN from the console",
    ),
    bad(
      "adopt.loadBalancerArn",
      "format",
      adopt({ loadBalancerArn: arn("loadbalancer/web") }),
      "an Application Load Balancer",
    ),
    bad(
      "adopt.loadBalancerArn",
      "format",
      adopt({ loadBalancerArn: listener }),
      "an Application Load Balanc",
    ),
    bad(
      "adopt.loadBalancerArn",
      "output",
      adopt({ loadBalancerArn: pulumi.output(loadBalancerArn) }),
      "Pulumi needs it to import the resource",
    ),
    bad(
      "adopt.loadBalancerArn",
      "format",
      adopt({ loadBalancerArn: loadBalancerArn.replace("us-west-2", "eu-west-1") }),
      "the region of availabilityZones, us-west-2",
      "use zones in eu-west-1",
    ),
    bad(
      "adopt.targetGroupArn",
      "format",
      adopt({ targetGroupArn: loadBalancerArn }),
      "ARN of a target group",
    ),
    bad(
      "adopt.targetGroupArn",
      "format",
      adopt({ targetGroupArn: targetGroupArn.replace("123456789012", "210987654321") }),
      "the region and account of the load balancer (us-west-2, 123456789012)",
    ),
    bad(
      "adopt.targetGroupArn",
      "unused",
      {
        ...adopt({ targetGroupArn }),
        targetGroups: { blue: {} },
        forward: { weights: { blue: 1 } },
      },
      "to which nothing forwards",
    ),
    bad(
      "adopt.targetGroupArns.blue",
      "conflict",
      adopt({ targetGroupArns: { blue: targetGroupArn } }),
      "a key that is not in targetGroups",
    ),
    bad(
      "adopt.targetGroupArns.default",
      "conflict",
      adopt({ targetGroupArns: { default: targetGroupArn } }),
      "put its ARN into targetGroupArn",
    ),
    bad(
      "adopt.targetGroupArns.blue",
      "repeated",
      {
        ...adopt({ targetGroupArn, targetGroupArns: { blue: targetGroupArn } }),
        targetGroups: { blue: {} },
        forward: { weights: { default: 1, blue: 1 } },
      },
      "must not repeat adopt.targetGroupArn",
    ),
    bad(
      "adopt.listenerArns.http",
      "format",
      adopt({ listenerArns: { http: "web" } }),
      "Balancer's listener",
    ),
    bad(
      "adopt.listenerArns.http",
      "format",
      adopt({ listenerArns: { http: listener.replace("app/web", "app/other") } }),
      "a listener of the load balancer in loadBalancerArn",
    ),
    bad(
      "adopt.listenerArns.https",
      "conflict",
      adopt({ listenerArns: { https: listener } }),
      "certificateArn",
    ),
    bad(
      "adopt.listenerArns.http",
      "conflict",
      {
        ...adopt({ listenerArns: { http: listener } }),
        certificateArn: CERTIFICATE,
        httpsOnly: true,
      },
      "can't be combined with httpsOnly",
    ),
    bad(
      "adopt.listenerArns.https",
      "repeated",
      {
        ...adopt({ listenerArns: { http: listener, https: listener } }),
        certificateArn: CERTIFICATE,
      },
      "must not repeat adopt.listenerArns.http",
    ),
    bad(
      "adopt.listenerArns.tls",
      "unknown",
      adopt({ listenerArns: { tls: listener } }),
      "http, https",
    ),
    bad(
      "adopt.ruleArns.api",
      "format",
      { ...adopt({ listenerArns: { http: listener }, ruleArns: { api: "api" } }), ...RULES },
      "the ARN of a rule",
    ),
    bad(
      "adopt.ruleArns.api",
      "format",
      { ...adopt({ ruleArns: { api: rule } }), ...RULES },
      "a rule of one of the listeners in listenerArns",
      "add the ARN of its listener to listenerArns",
    ),
    bad(
      "adopt.ruleArns.api",
      "unknown",
      adopt({ listenerArns: { http: listener }, ruleArns: { api: rule } }),
      "a key that is not in rules",
    ),
    bad(
      "ingressCidrBlocks",
      "conflict",
      { ...adopt({}), ingressCidrBlocks: ["10.0.0.0/8"] },
      "keeps its security groups without changes",
    ),
  ],
  mappings: [],
  notSent: [
    "adopt.loadBalancerArn",
    "adopt.targetGroupArn",
    "adopt.targetGroupArns.key",
    "adopt.listenerArns.http",
    "adopt.listenerArns.https",
    "adopt.ruleArns.key",
  ],
};
