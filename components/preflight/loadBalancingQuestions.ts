import * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import type { Allowed } from "../network";

/** What AWS knows of a load balancer or what belongs to it; nothing from a mock. */
export interface Found {
  readonly missing?: boolean;
  readonly arn?: string;
  readonly internal?: boolean;
  readonly vpcId?: string;
  readonly securityGroups?: string[];
  readonly loadBalancerArns?: string[];
  readonly port?: number;
  readonly protocol?: string;
  readonly protocolVersion?: string;
  readonly targetType?: string;
}

/** What is asked of Elastic Load Balancing, by ARN; nothing is known where it may not be asked. */
export interface LoadBalancingQuestions {
  loadBalancer(arn: string): Promise<Found>;
  targetGroup(arn: string): Promise<Found>;
  listener(arn: string): Promise<Found>;
  listenerRule(arn: string): Promise<Found>;
  trustStore(arn: string): Promise<Found>;
}

export function loadBalancingQuestions(
  allowed: Allowed,
  parent: pulumi.Resource,
): LoadBalancingQuestions {
  async function ask(what: string, answer: Promise<Found>): Promise<Found> {
    const action = `elasticloadbalancing:Describe${what}`;
    return (await allowed(action, orMissing(answer))) ?? {};
  }
  return {
    loadBalancer: (arn) => ask("LoadBalancers", lb.getLoadBalancer({ arn }, { parent })),
    targetGroup: (arn) => ask("TargetGroups", lb.getTargetGroup({ arn }, { parent })),
    listener: (arn) => ask("Listeners", lb.getListener({ arn }, { parent })),
    listenerRule: (arn) => ask("Rules", lb.getListenerRule({ arn }, { parent })),
    trustStore: (arn) => ask("TrustStores", lb.getTrustStore({ arn }, { parent })),
  };
}

/** The answer, or that AWS does not know what was asked for. */
export async function orMissing(answer: Promise<Found>): Promise<Found> {
  try {
    return await answer;
  } catch (error) {
    if (!/NotFound|couldn't find|no matching|returned 0 results/i.test(String(error))) throw error;
    return { missing: true };
  }
}
