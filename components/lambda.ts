import { Permission } from "@pulumi/aws/lambda/permission";
import type * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";

/** The parts of a function's ARN before its version or alias. */
const PARTS = 7;

/** Permits the target group, and nobody else of Elastic Load Balancing, to invoke its function. */
export function permitInvocation(
  name: string,
  functionArn: pulumi.Input<string>,
  targetGroup: lb.TargetGroup,
  parent: pulumi.Resource,
): Permission {
  const parts = pulumi.output(functionArn).apply((arn) => arn.split(":"));
  return new Permission(
    name,
    {
      action: "lambda:InvokeFunction",
      principal: "elasticloadbalancing.amazonaws.com",
      function: parts.apply((all) => all.slice(0, PARTS).join(":")),
      qualifier: parts.apply((all): string | undefined => all[PARTS]),
      sourceArn: targetGroup.arn,
    },
    { parent },
  );
}
