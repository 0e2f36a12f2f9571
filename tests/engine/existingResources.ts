import { type Emulator, type HealthCheck, sampleAccount } from "../../emulator";

const { vpcs, subnets, instances } = sampleAccount();

/** The tutorial's advanced settings. */
const HEALTH_CHECK: HealthCheck = {
  protocol: "HTTP",
  port: "traffic-port",
  path: "/",
  intervalSeconds: 5,
  timeoutSeconds: 2,
  healthyThresholdCount: 2,
  unhealthyThresholdCount: 2,
  matcher: "200",
};

/** A target group with the account's servers, as the console makes it. */
export function targetGroupByHand({ elb }: Emulator, targetGroupName: string): string {
  const { targetGroupArn } = elb.createTargetGroup({
    targetGroupName,
    protocol: "HTTP",
    protocolVersion: "HTTP1",
    port: 80,
    vpcId: vpcs[0].vpcId,
    targetType: "instance",
    healthCheck: HEALTH_CHECK,
    attributes: {},
  });
  for (const { instanceId } of instances) {
    elb.registerTarget(targetGroupArn, { id: instanceId, port: 80 });
  }
  return targetGroupArn;
}

/** Creates the resources of the tutorial as in the console, and returns their ARNs. */
export async function tutorialInConsole(emulator: Emulator, name = "by-hand") {
  const { elb } = emulator;
  const targetGroupArn = targetGroupByHand(emulator, name);
  const { loadBalancerArn } = elb.createLoadBalancer({
    name,
    scheme: "internet-facing",
    subnetIds: subnets.slice(0, 2).map(({ subnetId }) => subnetId),
    securityGroups: ["sg-00000000000000eb1"],
    attributes: {},
  });
  const { listenerArn } = await elb.createListener({
    loadBalancerArn,
    port: 80,
    protocol: "HTTP",
    defaultAction: { type: "forward", targetGroupArn },
  });
  return { loadBalancerArn, targetGroupArn, listenerArns: { http: listenerArn } };
}
