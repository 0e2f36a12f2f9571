import * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "./args";
import { orMissing } from "./preflight/loadBalancingQuestions";

/** The security groups of the load balancer that is taken over, which it keeps. */
export function adoptedSecurityGroupIds(
  { adopt }: LoadBalancedGroupArgs,
  parent: pulumi.Resource,
): Promise<string[]> | undefined {
  if (adopt === undefined) return undefined;
  const found = orMissing(lb.getLoadBalancer({ arn: adopt.loadBalancerArn }, { parent }));
  return found.then(({ securityGroups = [] }) => securityGroups);
}

/** The name that the load balancer has, which its ARN tells. */
export function adoptedName({ adopt }: LoadBalancedGroupArgs): string | undefined {
  return adopt?.loadBalancerArn.split("/")[2];
}
