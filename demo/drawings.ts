import type { Emulator, TargetTransition } from "../emulator";
import type { Answer } from "./load";

/** What stands where, as a drawing in text. */
export function topology({ elb, ec2 }: Emulator, listenerArn: string): string {
  const listener = elb.describeListener(listenerArn);
  const balancer = elb.describeLoadBalancer(listener.loadBalancerArn);
  const zones = balancer.subnets.map(({ availabilityZone }) => availabilityZone);
  const action = listener.defaultAction;
  if (!("targetGroupArn" in action))
    throw new Error("the listener does not forward to one target group");
  const group = elb.describeTargetGroup(action.targetGroupArn);
  const { path, intervalSeconds, timeoutSeconds, ...check } = group.healthCheck;
  const targets = elb.describeTargetHealth(group.targetGroupArn);
  return [
    "  clients",
    `     │  ${elb.listenerUrl(listenerArn)}`,
    "     ▼",
    `  load balancer ${balancer.loadBalancerName} in ${zones.join(" and ")}`,
    `     │  listener ${listener.protocol} ${listener.port}, forwards`,
    "     ▼",
    `  target group ${group.targetGroupName}, ${group.protocol} ${group.port}`,
    `     │  asks for ${path} every ${intervalSeconds} s, waits ${timeoutSeconds} s; healthy after ` +
      `${check.healthyThresholdCount}, unhealthy after ${check.unhealthyThresholdCount} in a row`,
    ...targets.map(({ target: { id, port }, state }, index) => {
      const branch = index === targets.length - 1 ? "└─" : "├─";
      const instance = ec2.findInstance(id);
      const real = instance?.ports.get(port) ?? "nothing";
      return `     ${branch} ${id} in ${instance?.availabilityZone ?? "?"}, port ${port} (here ${real}), ${state}`;
    }),
  ].join("\n");
}

/** How the requests were spread over the servers. */
export function shares(answers: readonly Answer[], { servers }: Emulator): string {
  const rows = [...servers.values()].map(({ instance: { instanceId, availabilityZone } }) => {
    const served = answers.filter((answer) => answer.instanceId === instanceId).length;
    const share = served / Math.max(answers.length, 1);
    const bar = "█".repeat(Math.round(share * 30));
    const percent = `${(share * 100).toFixed(1)} %`.padStart(7);
    return `  ${instanceId}  ${availabilityZone}  ${String(served).padStart(8)}  ${percent}  ${bar}`;
  });
  const failed = answers.filter(({ instanceId }) => instanceId === undefined).length;
  return [
    "  server               zone        requests    share",
    ...rows,
    `  failed                           ${String(failed).padStart(8)}`,
  ].join("\n");
}

/** A change of a target's state, with the seconds since the start. */
export function transition(change: TargetTransition, startedAt: number): string {
  const seconds = ((change.at.getTime() - startedAt) / 1000).toFixed(1).padStart(6);
  const why = change.reason === undefined ? "" : ` (${change.reason})`;
  return `  ${seconds} s  ${change.target.id}  ${change.from ?? "new"} → ${change.state}${why}`;
}
