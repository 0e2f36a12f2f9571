import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../components/args";
import { LoadBalancedGroup } from "../components/loadBalancedGroup";
import { readConfig, type StackConfig } from "./readConfig";
import { createDedicatedNetwork } from "./dedicatedNetwork";

/** The program of every environment: it creates one group from the stack's configuration. */
async function stack(): Promise<Record<string, pulumi.Output<unknown>>> {
  const config = readConfig();
  const group = new LoadBalancedGroup(config.name, await withNetwork(config));
  return {
    url: group.url,
    dnsName: group.dnsName,
    zoneId: group.zoneId,
    loadBalancerArn: group.loadBalancerArn,
    targetGroupArn: group.targetGroupArn,
    targetGroupArns: group.targetGroupArns,
    targetGroupNames: group.targetGroupNames,
    listenerArns: group.listenerArns,
    ruleArns: group.ruleArns,
    domainRecords: group.domainRecords,
    securityGroupId: group.securityGroupId,
    vpcId: group.vpcId,
    subnetIds: group.subnetIds,
  };
}

/** The group's arguments, with the new VPC and its subnets if the network is dedicated. */
async function withNetwork({ name, network, group }: StackConfig): Promise<LoadBalancedGroupArgs> {
  if (network === "existing") return group;
  const { availabilityZones = [], ...rest } = group;
  return { ...rest, ...(await createDedicatedNetwork(name, availabilityZones, group.tags)) };
}

export = stack;
