import * as lb from "@pulumi/aws/lb";
import type { LookupName } from "./actions";
import { flagAt, numberAt, textAt, textsAt } from "./answers";
import { OWNER_TAG } from "../plan/owner";
import { valueAt } from "../shared/guards";
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

/** A rule of a listener. */
export interface FoundRule {
  readonly missing?: boolean;
  readonly arn?: string;
  /** The service that it belongs to; undefined for a rule of something else. */
  readonly owner?: string;
  /** All names and values in its conditions. */
  readonly conditionTexts?: readonly string[];
}

/** Lookups in Elastic Load Balancing, by ARN. */
export interface LoadBalancingLookups {
  loadBalancer(arn: string): Promise<Found>;
  targetGroup(arn: string): Promise<Found>;
  listener(arn: string): Promise<Found>;
  listenerRule(arn: string): Promise<Found>;
  trustStore(arn: string): Promise<Found>;
  /** The rule with a priority; undefined if the call fails, or does not tell. */
  ruleAt(listenerArn: string, priority: number): Promise<FoundRule | undefined>;
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
    async ruleAt(listenerArn, priority) {
      const answer = await lookups.optional("listenerRule", () =>
        findOrMissing(() => lb.getListenerRule({ listenerArn, priority }, lookups.options)),
      );
      if (answer === undefined || isMissing(answer)) return answer;
      const arn = textAt(answer, "arn");
      if (arn === undefined) return undefined;
      return {
        arn,
        owner: textAt(valueAt(answer, "tags"), OWNER_TAG),
        conditionTexts: textsWithin(valueAt(answer, "conditions")),
      };
    },
  };
}

/** All texts in a value, however deep. */
function textsWithin(value: unknown): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsWithin);
}
