import { Attachment } from "@pulumi/aws/autoscaling/attachment";
import type * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import { childName, type PlannedGroup } from "./targetGroups";

/**
 * Attaches the Auto Scaling groups of a target group, which then register their instances. As a registration, an attachment is
 * known to AWS by what it attaches alone, so each is named by the user's own key.
 */
export function attachAutoScalingGroups(
  name: string,
  group: PlannedGroup,
  { arn: lbTargetGroupArn }: lb.TargetGroup,
  parent: pulumi.Resource,
): Attachment[] {
  return Object.entries(group.servers.autoScalingGroupNames ?? {}).map(
    ([key, autoscalingGroupName]) =>
      new Attachment(
        `${childName(name, "asg", group)}-${key}`,
        { autoscalingGroupName, lbTargetGroupArn },
        { parent },
      ),
  );
}
