import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { LOGS_OFF, TUTORIAL, WEB_ACL } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";

const balancerOf = async (args: Partial<LoadBalancedGroupArgs>) =>
  (await recordGroup({ ...TUTORIAL, ...args })).find("web-alb").inputs;

describe("the load balancer's attributes", () => {
  it("are all sent, with AWS's defaults but for headers with invalid names", async () => {
    assert.deepEqual(await balancerOf({}), {
      loadBalancerType: "application",
      internal: false,
      ipAddressType: "ipv4",
      subnets: ["subnet-a", "subnet-b"],
      securityGroups: ["sg-1"],
      clientKeepAlive: 3600,
      desyncMitigationMode: "defensive",
      dropInvalidHeaderFields: true,
      enableDeletionProtection: false,
      enableHttp2: true,
      enableTlsVersionAndCipherSuiteHeaders: false,
      enableWafFailOpen: false,
      enableXffClientPort: false,
      enableZonalShift: false,
      ...LOGS_OFF,
      idleTimeout: 60,
      preserveHostHeader: false,
      xffHeaderProcessingMode: "append",
    });
  });

  it("reserve capacity only where it is asked for", async () => {
    const { minimumLoadBalancerCapacity } = await balancerOf({ minimumCapacityUnits: 500 });
    assert.deepEqual(minimumLoadBalancerCapacity, { capacityUnits: 500 });
    assert.equal((await balancerOf({})).minimumLoadBalancerCapacity, undefined);
  });

  const settings: [keyof LoadBalancedGroupArgs, unknown, string][] = [
    ["idleTimeout", 120, "idleTimeout"],
    ["clientKeepAlive", 60, "clientKeepAlive"],
    ["dropInvalidHeaderFields", false, "dropInvalidHeaderFields"],
    ["desyncMitigationMode", "strictest", "desyncMitigationMode"],
    ["xffHeaderProcessingMode", "preserve", "xffHeaderProcessingMode"],
    ["xffClientPort", true, "enableXffClientPort"],
    ["preserveHostHeader", true, "preserveHostHeader"],
    ["tlsVersionAndCipherSuiteHeaders", true, "enableTlsVersionAndCipherSuiteHeaders"],
    ["wafFailOpen", true, "enableWafFailOpen"],
    ["zonalShift", true, "enableZonalShift"],
    ["ipAddressType", "dualstack", "ipAddressType"],
    ["http2", false, "enableHttp2"],
  ];
  for (const [argument, value, property] of settings) {
    it(`take ${argument}, and nothing else with it`, async () => {
      const expected = { ...(await balancerOf({})), [property]: value };
      assert.deepEqual(await balancerOf({ [argument]: value }), expected);
    });
  }
});

describe("a web ACL", () => {
  it("is associated with the load balancer before a listener serves", async () => {
    const recording = await recordGroup({ ...TUTORIAL, webAclArn: pulumi.output(WEB_ACL) });
    const association = recording.find("web-waf-public");
    assert.deepEqual(association.inputs, { webAclArn: WEB_ACL, resourceArn: "arn:web-alb" });
    assert.ok(recording.find("web-http").dependencies.includes("web-waf-public"));
  });

  it("is none unless it is given", async () => {
    const { registrations } = await recordGroup(TUTORIAL);
    assert.ok(!registrations.some(({ type }) => type.includes("wafv2")));
  });
});
