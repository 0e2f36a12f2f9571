import type { LoadBalancedGroupArgs } from "../../components/args";
import { DEFAULT_VPC } from "../support/account";
import { CERTIFICATE, ZONES } from "../support/exampleArgs";

export const ELB = "arn:aws:elasticloadbalancing:us-west-2:123456789012:";
export const BALANCER = `${ELB}loadbalancer/app/shop/0123456789abcdef`;
export const GROUP = `${ELB}targetgroup/shop/0123456789abcdef`;
export const BLUE = `${ELB}targetgroup/blue/0123456789abcdef`;
export const HTTP = `${ELB}listener/app/shop/0123456789abcdef/01`;
export const HTTPS = `${ELB}listener/app/shop/0123456789abcdef/02`;
export const RULE = `${ELB}listener-rule/app/shop/0123456789abcdef/02/03`;
export const OTHER = `${ELB}loadbalancer/app/other/0123456789abcdef`;

export const group = {
  port: 80,
  protocol: "HTTP",
  protocolVersion: "HTTP1",
  targetType: "instance",
  vpcId: DEFAULT_VPC,
  loadBalancerArns: [BALANCER],
};

/** What the arguments below adopt, as AWS returns it. */
export const EXISTING = {
  [BALANCER]: { internal: false, vpcId: DEFAULT_VPC, securityGroups: ["sg-1", "sg-2"] },
  [GROUP]: group,
  [BLUE]: { ...group, loadBalancerArns: [] },
  [HTTP]: { port: 80 },
  [HTTPS]: { port: 443 },
  [RULE]: { priority: 7 },
};

export const ADOPTING: LoadBalancedGroupArgs = {
  ...ZONES,
  certificateArn: CERTIFICATE,
  adopt: {
    loadBalancerArn: BALANCER,
    targetGroupArn: GROUP,
    targetGroupArns: { blue: BLUE },
    listenerArns: { http: HTTP, https: HTTPS },
    ruleArns: { api: RULE },
  },
  rules: { api: { pathPatterns: ["/api/*"], targetGroup: "blue" } },
  targetGroups: { blue: {} },
  forward: { weights: { default: 1, blue: 0 } },
};
