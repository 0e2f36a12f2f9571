import * as autoscaling from "@pulumi/aws/autoscaling";
import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "./args";
import { childName, plannedGroups } from "./targetGroups";
import type { TargetGroups } from "./targets";

/**
 * Attaches Auto Scaling groups, which then register their instances. As a registration, an attachment is
 * known to AWS by what it attaches alone, so each is named by the user's own key.
 */
export function attachAutoScalingGroups(
  name: string,
  args: LoadBalancedGroupArgs,
  targetGroups: TargetGroups,
  parent: pulumi.Resource,
): autoscaling.Attachment[] {
  return plannedGroups(args).flatMap((group) => {
    const lbTargetGroupArn = targetGroups[group.key].arn;
    return Object.entries(group.servers.autoScalingGroupNames ?? {}).map(
      ([key, autoscalingGroupName]) =>
        new autoscaling.Attachment(
          `${childName(name, "asg", group)}-${key}`,
          { autoscalingGroupName, lbTargetGroupArn },
          { parent },
        ),
    );
  });
}
