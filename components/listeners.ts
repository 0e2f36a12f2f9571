import * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import { forwardAction } from "./actions";
import type { LoadBalancedGroupArgs } from "./args";
import type { TargetGroups } from "./targets";

const HTTP = 80;
const HTTPS = 443;

/** AWS's recommendation, and one of those that Security Hub's control ELB.17 accepts. */
const SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

export interface Listeners {
  readonly http: lb.Listener;
  readonly https?: lb.Listener;
}

/** The ports on which clients are served. */
export function listenerPorts({ port = HTTP, certificateArn }: LoadBalancedGroupArgs): number[] {
  return certificateArn === undefined ? [port] : [port, HTTPS];
}

/**
 * The listeners: HTTP, or with a certificate HTTPS and a redirect to it. They wait for `ready`, the
 * registered servers, so that traffic is never switched to a target group that is still empty.
 */
export function createListeners(
  name: string,
  { port = HTTP, certificateArn, tags, forward }: LoadBalancedGroupArgs,
  loadBalancer: lb.LoadBalancer,
  targetGroups: TargetGroups,
  ready: pulumi.Resource[],
  parent: pulumi.Resource,
): Listeners {
  const common = { loadBalancerArn: loadBalancer.arn, tags };
  const defaultActions = [forwardAction(forward, targetGroups)];

  if (certificateArn === undefined) {
    const plainText = { ...common, port, protocol: "HTTP", defaultActions };
    return { http: new lb.Listener(`${name}-http`, plainText, { parent, dependsOn: ready }) };
  }
  const https = new lb.Listener(
    `${name}-https`,
    {
      ...common,
      port: HTTPS,
      protocol: "HTTPS",
      certificateArn,
      sslPolicy: SSL_POLICY,
      defaultActions,
    },
    { parent, dependsOn: ready },
  );
  const redirect = { protocol: "HTTPS", port: String(HTTPS), statusCode: "HTTP_301" };
  const http = new lb.Listener(
    `${name}-http`,
    { ...common, port, protocol: "HTTP", defaultActions: [{ type: "redirect", redirect }] },
    // Clients are sent to HTTPS only when it serves.
    { parent, dependsOn: https },
  );
  return { http, https };
}

/** Where clients find the group. */
export function urlOf(
  dnsName: string,
  { port = HTTP, certificateArn }: LoadBalancedGroupArgs,
): string {
  if (certificateArn !== undefined) return `https://${dnsName}`;
  return port === HTTP ? `http://${dnsName}` : `http://${dnsName}:${port}`;
}
