import { CERTIFICATE } from "../groups";

const arn = (rest: string, region = "us-west-2", partition = "aws") =>
  `arn:${partition}:elasticloadbalancing:${region}:123456789012:${rest}`;
const loadBalancerArn = arn("loadbalancer/app/web/0123456789abcdef");
const listener = (id: string) => arn(`listener/app/web/0123456789abcdef/${id}`);
const listenerArns = { http: listener("01"), https: listener("02") };

/** What is to be taken over, all and in parts. */
export const ADOPTION: readonly (readonly [string, object])[] = [
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
];
