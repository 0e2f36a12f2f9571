import type * as lb from "@pulumi/aws/lb";
import { WebAclAssociation } from "@pulumi/aws/wafv2/webAclAssociation";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../shared/scope";

/** Associates the web ACL in the arguments with the load balancer. */
export function associateWebAcl(
  { name, args: { webAclArn, internal = false }, parent }: Scope,
  loadBalancer: lb.LoadBalancer,
): pulumi.Resource[] {
  if (webAclArn === undefined) return [];
  // A load balancer has one association, so deleting the old one last would delete the new one. But while a load
  // balancer is replaced, the old one must keep its own until it is deleted, so that has another name.
  const association = new WebAclAssociation(
    `${name}-waf-${internal ? "internal" : "public"}`,
    { webAclArn, resourceArn: loadBalancer.arn },
    { parent, deleteBeforeReplace: true, aliases: [{ name: `${name}-waf` }] },
  );
  return [association];
}
