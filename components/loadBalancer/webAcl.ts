import type * as lb from "@pulumi/aws/lb";
import { WebAclAssociation } from "@pulumi/aws/wafv2/webAclAssociation";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../shared/scope";

/** Associates the web ACL in the arguments with the load balancer. */
export function associateWebAcl(
  { name, args: { webAclArn }, parent }: Scope,
  loadBalancer: lb.LoadBalancer,
): pulumi.Resource[] {
  if (webAclArn === undefined) return [];
  const association = new WebAclAssociation(
    `${name}-waf`,
    { webAclArn, resourceArn: loadBalancer.arn },
    // A load balancer has one association, so deleting the old one last would delete the new one.
    { parent, deleteBeforeReplace: true },
  );
  return [association];
}
