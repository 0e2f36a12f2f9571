import path from "node:path";
import { format } from "prettier";
import { LOOKUPS } from "../../components/lookups/actions";
import { ROOT } from "./manifest";
import { RESOURCE_ACTIONS } from "./resourceActions";

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export type PolicyName = "preview" | "deploy" | "destroy";

/** The resources of actions that are not only read. The first entry that matches an action is used. */
const SCOPES: readonly (Omit<Statement, "Action" | "Effect"> & { readonly of: RegExp })[] = [
  {
    Sid: "ServiceLinkedRole",
    of: /^iam:CreateServiceLinkedRole$/,
    Resource: [
      "arn:aws:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing",
    ],
    Condition: {
      StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
    },
  },
  {
    Sid: "LoadBalancing",
    of: /^elasticloadbalancing:/,
    Resource: [
      "loadbalancer/app/*/*",
      "listener/app/*/*/*",
      "listener-rule/app/*/*/*/*",
      "targetgroup/*/*",
    ].map((resource) => `arn:aws:elasticloadbalancing:*:*:${resource}`),
  },
  {
    Sid: "NewSecurityGroups",
    of: /^ec2:CreateSecurityGroup$/,
    Resource: ["arn:aws:ec2:*:*:security-group/*", "arn:aws:ec2:*:*:vpc/*"],
  },
  {
    // Tags too: those of security groups and their rules, and of nothing else.
    Sid: "SecurityGroups",
    of: /^ec2:/,
    Resource: ["arn:aws:ec2:*:*:security-group/*", "arn:aws:ec2:*:*:security-group-rule/*"],
  },
  { Sid: "NewCertificates", of: /^acm:RequestCertificate$/, Resource: ["*"] },
  { Sid: "Certificates", of: /^acm:/, Resource: ["arn:aws:acm:*:*:certificate/*"] },
  { Sid: "Records", of: /^route53:/, Resource: ["arn:aws:route53:::hostedzone/*"] },
  { Sid: "LogBuckets", of: /^s3:/, Resource: ["arn:aws:s3:::*"] },
  {
    Sid: "Dashboards",
    of: /^cloudwatch:.*Dashboard/,
    Resource: ["arn:aws:cloudwatch::*:dashboard/*"],
  },
  { Sid: "Alarms", of: /^cloudwatch:/, Resource: ["arn:aws:cloudwatch:*:*:alarm:*"] },
  {
    Sid: "WebAcls",
    of: /^wafv2:/,
    Resource: [
      "arn:aws:wafv2:*:*:regional/webacl/*/*",
      "arn:aws:elasticloadbalancing:*:*:loadbalancer/app/*/*",
    ],
  },
  { Sid: "Functions", of: /^lambda:/, Resource: ["arn:aws:lambda:*:*:function:*"] },
  {
    Sid: "AutoScaling",
    of: /^autoscaling:/,
    Resource: ["arn:aws:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/*"],
  },
  { Sid: "Logins", of: /^cognito-idp:/, Resource: ["arn:aws:cognito-idp:*:*:userpool/*"] },
];

/**
 * The IAM policy documents. They add up: a preview needs the first, a deployment the first and the second, and
 * the deletion of a group the first and the third.
 */
export const POLICIES: Readonly<Record<PolicyName, Policy>> = {
  preview: policy([
    {
      Sid: "Reads",
      Effect: "Allow",
      Action: sorted([
        ...Object.values(LOOKUPS).flatMap(({ actions }) => actions),
        ...RESOURCE_ACTIONS.flatMap(({ read }) => read),
      ]),
      Resource: ["*"],
    },
  ]),
  // A change of a group may replace or delete resources, so it needs the actions to delete them too.
  deploy: policy(scoped(RESOURCE_ACTIONS.flatMap((one) => [...one.write, ...one.delete]))),
  destroy: policy(scoped(RESOURCE_ACTIONS.flatMap((one) => one.delete))),
};

function policy(statements: readonly Statement[]): Policy {
  return { Version: "2012-10-17", Statement: statements };
}

function scoped(actions: readonly string[]): Statement[] {
  const scopeOf = (action: string) => SCOPES.find(({ of }) => of.test(action));
  const unscoped = actions.filter((action) => scopeOf(action) === undefined);
  if (unscoped.length > 0) throw new Error(`no resources for ${unscoped.join(", ")}`);
  return SCOPES.flatMap((scope) => {
    const own = sorted(actions.filter((action) => scopeOf(action) === scope));
    const { Sid, Resource, Condition } = scope;
    return own.length === 0 ? [] : [{ Sid, Effect: "Allow", Action: own, Resource, Condition }];
  });
}

function sorted(actions: readonly string[]): string[] {
  return [...new Set(actions)].sort();
}

export const policyFile = (name: PolicyName) => path.join(ROOT, "docs", "policies", `${name}.json`);

/** The text of a policy document. */
export function policyText(name: PolicyName): Promise<string> {
  return format(JSON.stringify(POLICIES[name]), { parser: "json", printWidth: 100 });
}
