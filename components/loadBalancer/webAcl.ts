import type * as lb from "@pulumi/aws/lb";
import { WebAclAssociation } from "@pulumi/aws/wafv2/webAclAssociation";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../shared/scope";

/** Has a web ACL filter the load balancer's requests, if one is given. */
export function associateWebAcl(
  { name, args: { webAclArn }, parent }: Scope,
  loadBalancer: lb.LoadBalancer,
): pulumi.Resource[] {
  if (webAclArn === undefined) return [];
  const association = new WebAclAssociation(
    `${name}-waf`,
    { webAclArn, resourceArn: loadBalancer.arn },
    // AWS knows an association by the load balancer alone: what is deleted last would be the new one.
    { parent, deleteBeforeReplace: true },
  );
  return [association];
}
