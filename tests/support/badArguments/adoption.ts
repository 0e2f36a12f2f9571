import * as pulumi from "@pulumi/pulumi";
import { CERTIFICATE } from "../groups";
import { bad } from "./bad";

const ELB = "arn:aws:elasticloadbalancing:us-west-2:123456789012:";
const loadBalancerArn = `${ELB}loadbalancer/app/web/0123456789abcdef`;
const targetGroupArn = `${ELB}targetgroup/web/0123456789abcdef`;
const listener = `${ELB}listener/app/web/0123456789abcdef/fedcba9876543210`;
const rule = `${ELB}listener-rule/app/web/0123456789abcdef/fedcba9876543210/01`;
const RULES = { rules: { api: { pathPatterns: ["/api/*"], targetGroup: "default" } } };
const adopt = (more: object) => ({ adopt: { loadBalancerArn, ...more } });

/** What is wrong with what is to be taken over. */
export const ADOPTION = [
  bad("adopt", { adopt: loadBalancerArn }, "an object", "loadBalancerArn, targetGroupArn"),
  bad("adopt", { adopt: pulumi.output({ loadBalancerArn }) }, "plain value", "pass an object"),
  bad("adopt.loadBalancerArn", { adopt: {} }, "is required"),
  bad("adopt.loadBalancerArn", adopt({ loadBalancerArn: "web" }), "an application load", '"web"'),
  bad(
    "adopt.loadBalancerArn",
    adopt({ loadBalancerArn: `${ELB}loadbalancer/net/web/0123456789abcdef` }),
    "an application load balancer",
    "loadbalancer/net/web",
    "copy it from the console",
  ),
  bad(
    "adopt.loadBalancerArn",
    adopt({ loadBalancerArn: `${ELB}loadbalancer/web` }),
    "an application load balancer",
  ),
  bad("adopt.loadBalancerArn", adopt({ loadBalancerArn: listener }), "an application load balanc"),
  bad(
    "adopt.loadBalancerArn",
    adopt({ loadBalancerArn: pulumi.output(loadBalancerArn) }),
    "plain value",
    "the engine imports only what it knows before it begins",
  ),
  bad(
    "adopt.loadBalancerArn",
    adopt({ loadBalancerArn: loadBalancerArn.replace("us-west-2", "eu-west-1") }),
    "the region of availabilityZones, us-west-2",
    "name zones of eu-west-1",
  ),
  bad("adopt.targetGroupArn", adopt({ targetGroupArn: loadBalancerArn }), "ARN of a target group"),
  bad(
    "adopt.targetGroupArn",
    adopt({ targetGroupArn: targetGroupArn.replace("123456789012", "210987654321") }),
    "the region and account of the load balancer, us-west-2 of 123456789012",
  ),
  bad(
    "adopt.targetGroupArn",
    {
      ...adopt({ targetGroupArn }),
      targetGroups: { blue: {} },
      forward: { weights: { blue: 1 } },
    },
    "to which nothing forwards",
  ),
  bad("adopt.targetGroupArns.blue", adopt({ targetGroupArns: { blue: targetGroupArn } }), "key of"),
  bad(
    "adopt.targetGroupArns.default",
    adopt({ targetGroupArns: { default: targetGroupArn } }),
    "the main one's ARN in targetGroupArn",
  ),
  bad(
    "adopt.targetGroupArns.blue",
    {
      ...adopt({ targetGroupArn, targetGroupArns: { blue: targetGroupArn } }),
      targetGroups: { blue: {} },
      forward: { weights: { default: 1, blue: 1 } },
    },
    "must not repeat adopt.targetGroupArn",
  ),
  bad("adopt.listenerArns.http", adopt({ listenerArns: { http: "web" } }), "balancer's listener"),
  bad(
    "adopt.listenerArns.http",
    adopt({ listenerArns: { http: listener.replace("app/web", "app/other") } }),
    "a listener of loadBalancerArn",
  ),
  bad("adopt.listenerArns.https", adopt({ listenerArns: { https: listener } }), "certificateArn"),
  bad(
    "adopt.listenerArns.http",
    {
      ...adopt({ listenerArns: { http: listener } }),
      certificateArn: CERTIFICATE,
      httpsOnly: true,
    },
    "does not go with httpsOnly",
  ),
  bad(
    "adopt.listenerArns.https",
    {
      ...adopt({ listenerArns: { http: listener, https: listener } }),
      certificateArn: CERTIFICATE,
    },
    "must not repeat adopt.listenerArns.http",
  ),
  bad("adopt.listenerArns.tls", adopt({ listenerArns: { tls: listener } }), "http, https"),
  bad(
    "adopt.ruleArns.api",
    { ...adopt({ listenerArns: { http: listener }, ruleArns: { api: "api" } }), ...RULES },
    "the ARN of a rule",
  ),
  bad(
    "adopt.ruleArns.api",
    { ...adopt({ ruleArns: { api: rule } }), ...RULES },
    "a rule of one of listenerArns",
    "take its listener over too",
  ),
  bad(
    "adopt.ruleArns.api",
    adopt({ listenerArns: { http: listener }, ruleArns: { api: rule } }),
    "has not the key of one of rules",
  ),
  bad(
    "ingressCidrBlocks",
    { ...adopt({}), ingressCidrBlocks: ["10.0.0.0/8"] },
    "keeps its own, which are never edited",
  ),
];
