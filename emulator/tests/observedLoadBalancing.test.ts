import assert from "node:assert/strict";
import { ObservedLoadBalancing } from "../observedLoadBalancing";
import { freePort } from "../freePort";
import { TestAccount } from "./support/testEc2";

describe("who observes load balancing", () => {
  it("reports a listener when it opens, and when its port changes", async () => {
    const elb = new ObservedLoadBalancing(new TestAccount());
    const ports: number[] = [];
    elb.onListener(({ port }) => ports.push(port));
    const { loadBalancerArn } = elb.createLoadBalancer({
      name: "web",
      scheme: "internet-facing",
      ipAddressType: "ipv4",
      subnetIds: ["subnet-a", "subnet-b"],
      securityGroups: ["sg-1"],
      attributes: {},
    });
    try {
      const [first, second] = [await freePort(), await freePort()];
      const defaultAction = {
        type: "fixed-response" as const,
        statusCode: "200",
        contentType: "text/plain",
        messageBody: "",
      };
      const listener = { port: first, protocol: "HTTP" as const, defaultAction };
      const { listenerArn } = await elb.createListener({ loadBalancerArn, ...listener });
      await elb.modifyListener(listenerArn, { ...listener, port: second });
      assert.deepEqual(ports, [first, second]);
    } finally {
      await elb.deleteLoadBalancer(loadBalancerArn);
    }
  });
});
