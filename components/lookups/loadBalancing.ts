import * as lb from "@pulumi/aws/lb";
import type { LookupName } from "./actions";
import { flagAt, numberAt, textAt, textsAt } from "./answers";
import { findOrMissing, isMissing, type Lookups } from "./lookups";

/** A resource of Elastic Load Balancing. All properties are undefined if the call fails. */
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

/** Lookups in Elastic Load Balancing, by ARN. */
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
      // The port of a target group for Lambda is 0, because it has none.
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
