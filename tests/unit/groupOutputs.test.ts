import assert from "node:assert/strict";
import * as aws from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { CERTIFICATE, ZONES } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";
import { record, valueOf } from "../support/recorder";

describe("the outputs of a group", () => {
  const DECLARED = {
    dnsName: "web-alb.elb.test",
    domainRecords: [],
    listenerArns: { http: "arn:web-http" },
    loadBalancerArn: "arn:web-alb",
    loadBalancerArnSuffix: "app/web-alb",
    ruleArns: {},
    securityGroupId: "web-sg-id",
    subnetIds: ["subnet-a", "subnet-b"],
    targetGroupArn: "arn:web-tg",
    targetGroupArnSuffix: "tg/web-tg",
    targetGroupArnSuffixes: { default: "tg/web-tg" },
    targetGroupArns: { default: "arn:web-tg" },
    targetGroupNames: { default: "web-tg" },
    url: "http://web-alb.elb.test",
    vpcId: "vpc-default",
    zoneId: "Z1",
  };

  it("registers what it declares, and declares nothing else", async () => {
    const { outputs, group } = await recordGroup(ZONES);

    assert.deepEqual(outputs.web, DECLARED);
    const own = Object.keys(group).filter((key) => !key.startsWith("__") && key !== "urn");
    assert.deepEqual(own.sort(), Object.keys(DECLARED));
  });

  it("has the listeners, rules and target groups by their keys", async () => {
    const green = { pathPatterns: ["/green"], targetGroup: "green" };
    const { outputs } = await recordGroup({
      ...ZONES,
      targetGroups: { green: {} },
      rules: { api: green },
      listeners: { test: { port: 8080, protocol: "HTTP", rules: { api: green } } },
    });
    const { listenerArns, ruleArns, targetGroupArnSuffixes, targetGroupNames } =
      outputs.web as typeof DECLARED;
    assert.deepEqual(listenerArns, { http: "arn:web-http", test: "arn:web-listener-8080" });
    assert.deepEqual(ruleArns, {
      api: "arn:web-rule-api",
      "test.api": "arn:web-listener-8080-rule-api",
    });
    assert.deepEqual(targetGroupArnSuffixes, { default: "tg/web-tg", green: "tg/web-tg-green" });
    assert.deepEqual(targetGroupNames, { default: "web-tg", green: "web-tg-green" });
  });

  it("has the same values in its own properties", async () => {
    const { group } = await recordGroup(ZONES);
    for (const [key, value] of Object.entries(DECLARED)) {
      const output = group[key as keyof typeof DECLARED] as pulumi.Output<unknown>;
      assert.deepEqual(await valueOf(output), value, key);
    }
  });

  it("writes the port into the URL only where a browser needs it", async () => {
    const urlOf = async (args: object) => {
      const { outputs } = await recordGroup({ ...ZONES, ...args });
      return (outputs.web as typeof DECLARED).url;
    };
    assert.equal(await urlOf({ port: 8080 }), "http://web-alb.elb.test:8080");
    const { group } = await recordGroup(ZONES, { name: "Web" });
    assert.equal(await valueOf(group.url), "http://web-alb.elb.test");
  });

  it("has a URL with HTTPS only for a domain's name, which a certificate covers", async () => {
    const certificateArn = CERTIFICATE;
    const domain = { name: "www.example.com", zoneId: "Z1" };
    const cases: [object, string][] = [
      [{ certificateArn }, "http://web-alb.elb.test"],
      [{ certificateArn, port: 8080 }, "http://web-alb.elb.test:8080"],
      [{ certificateArn, httpsOnly: true }, ""],
      [{ certificateArn, domain }, "https://www.example.com"],
      [{ certificateArn, domain, httpsOnly: true }, "https://www.example.com"],
      [{ domain, port: 8080 }, "https://www.example.com"],
    ];
    for (const [args, url] of cases) {
      const { group } = await recordGroup({ ...ZONES, ...args });
      assert.equal(await valueOf(group.url), url);
    }
  });

  it("names both listeners with a certificate, and the first given security group", async () => {
    const { outputs } = await recordGroup({
      ...ZONES,
      certificateArn: CERTIFICATE,
      securityGroupIds: ["sg-2", "sg-1"],
    });
    const { listenerArns, securityGroupId } = outputs.web as typeof DECLARED;
    assert.deepEqual(listenerArns, { http: "arn:web-http", https: "arn:web-https" });
    assert.equal(securityGroupId, "sg-2");
  });

  it("has the resources themselves for programs in TypeScript", async () => {
    const { group } = await recordGroup({ ...ZONES, certificateArn: CERTIFICATE });
    assert.equal(await valueOf(group.loadBalancer.arn), "arn:web-alb");
    assert.equal(await valueOf(group.targetGroup.arn), "arn:web-tg");
    const { http, https } = group.listeners;
    assert.ok(http !== undefined && https !== undefined);
    assert.equal(await valueOf(http.arn), "arn:web-http");
    assert.equal(await valueOf(https.arn), "arn:web-https");
  });

  it("gives a target group's ARN and name when its servers are registered and requests are forwarded", async () => {
    const { find } = await record(() => {
      const group = new LoadBalancedGroup("web", {
        ...ZONES,
        instanceIds: ["i-1"],
        rules: { api: { pathPatterns: ["/api/*"], forward: { weights: { api: 1 } } } },
        targetGroups: { api: { instanceIds: ["i-2"] } },
      });
      const { targetGroupArn, targetGroupNames } = group;
      const values = {
        service: targetGroupArn,
        deployment: targetGroupNames.apply(({ api }) => api),
      };
      for (const [name, value] of Object.entries(values)) {
        const instance = { ami: "ami-1", instanceType: "t3.micro", tags: { value } };
        new aws.Instance(name, instance);
      }
    });
    for (const name of ["service", "deployment"]) {
      const { dependencies } = find(name);
      assert.ok(dependencies.includes("web-http"), dependencies.join());
      assert.ok(dependencies.includes("web-rule-api"), dependencies.join());
    }
    assert.ok(find("web-http").dependencies.includes("web-attachment-i-1:80"));
  });
});
