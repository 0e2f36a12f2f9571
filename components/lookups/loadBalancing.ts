import * as lb from "@pulumi/aws/lb";
import type { LookupName } from "./actions";
import { flagAt, numberAt, textAt, textsAt } from "./answers";
import { findOrMissing, isMissing, type Lookups } from "./lookups";

/** What AWS knows of a load balancer or what belongs to it; nothing where AWS does not tell. */
export interface Found {
  readonly missing?: boolean;
  readonly internal?: boolean;
  readonly vpcId?: string;
  readonly loadBalancerArns?: string[];
  readonly port?: number;
  readonly protocol?: string;
  readonly protocolVersion?: string;
  readonly targetType?: string;
}

/** What is asked of Elastic Load Balancing, by ARN. */
export interface LoadBalancingLookups {
  loadBalancer(arn: string): Promise<Found>;
  targetGroup(arn: string): Promise<Found>;
  listener(arn: string): Promise<Found>;
  listenerRule(arn: string): Promise<Found>;
  trustStore(arn: string): Promise<Found>;
}

export function loadBalancingLookups(lookups: Lookups): LoadBalancingLookups {
  async function find(lookup: LookupName, call: () => Promise<object>): Promise<Found> {
    const answer = await lookups.optional(lookup, () => findOrMissing(call));
    if (isMissing(answer)) return answer;
    return {
      internal: flagAt(answer, "internal"),
      vpcId: textAt(answer, "vpcId"),
      loadBalancerArns: textsAt(answer, "loadBalancerArns"),
      // A group of functions has no port, which is told as 0.
      port: numberAt(answer, "port") || undefined,
      protocol: textAt(answer, "protocol"),
      protocolVersion: textAt(answer, "protocolVersion"),
      targetType: textAt(answer, "targetType"),
    };
  }
  return {
    loadBalancer: (arn) => find("loadBalancer", () => lb.getLoadBalancer({ arn }, lookups.options)),
    targetGroup: (arn) => find("targetGroup", () => lb.getTargetGroup({ arn }, lookups.options)),
    listener: (arn) => find("listener", () => lb.getListener({ arn }, lookups.options)),
    listenerRule: (arn) => find("listenerRule", () => lb.getListenerRule({ arn }, lookups.options)),
    trustStore: (arn) => find("trustStore", () => lb.getTrustStore({ arn }, lookups.options)),
  };
}
