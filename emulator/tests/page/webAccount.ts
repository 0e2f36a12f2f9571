import type { Listener, ListenerRule } from "../../aws";
import type { Emulator } from "../../emulator";
import { groupInput } from "../support/elbStage";
import { subnets, vpcId, WEB } from "../support/emulatorFixture";

export interface WebAccount {
  readonly blue: string;
  readonly green: string;
  readonly listener: Listener;
  readonly rule: ListenerRule;
}

/** Two groups behind one listener by weight, a rule that answers itself, and three servers. */
export async function webAccount({ elb, servers }: Emulator): Promise<WebAccount> {
  const [blue, green] = ["blue", "green"].map(
    (targetGroupName) =>
      elb.createTargetGroup(groupInput({ targetGroupName, vpcId })).targetGroupArn,
  );
  const { loadBalancerArn } = elb.createLoadBalancer({
    name: "web",
    scheme: "internet-facing",
    subnetIds: subnets.slice(0, 2),
    securityGroups: [WEB],
    attributes: {},
  });
  const listener = await elb.createListener({
    loadBalancerArn,
    port: 80,
    protocol: "HTTP",
    defaultAction: {
      type: "forward",
      targetGroups: [
        { targetGroupArn: blue, weight: 3 },
        { targetGroupArn: green, weight: 1 },
      ],
    },
  });
  const rule = elb.createRule({
    listenerArn: listener.listenerArn,
    priority: 7,
    conditions: [{ field: "path-pattern", values: ["/down"] }],
    action: {
      type: "fixed-response",
      statusCode: "503",
      contentType: "text/plain",
      messageBody: "Back soon",
    },
  });
  const [first, second, third] = servers.keys();
  for (const id of [first, second]) elb.registerTarget(blue, { id, port: 80 });
  elb.registerTarget(green, { id: third, port: 80 });
  return { blue, green, listener, rule };
}
