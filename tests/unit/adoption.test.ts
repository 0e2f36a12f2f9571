import assert from "node:assert/strict";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { ACCOUNT, answersOf, DEFAULT_VPC, type Account } from "../support/account";
import { reasonsOf, recordGroup } from "../support/recordGroup";
import {
  ADOPTING,
  BALANCER,
  BLUE,
  EXISTING,
  GROUP,
  group,
  HTTP,
  HTTPS,
  OTHER,
  RULE,
} from "./adoption";
import type { RecorderOptions } from "../support/recorder";

const within = (loadBalancing: Account["loadBalancing"], more: Partial<Account> = {}) => ({
  answer: answersOf({ ...ACCOUNT, loadBalancing, ...more }),
});
const adopting = (
  args: Partial<LoadBalancedGroupArgs> = {},
  options: RecorderOptions = within(EXISTING),
) => recordGroup({ ...ADOPTING, ...args }, options);

describe("a group that adopts existing resources", () => {
  it("imports the load balancer, its target groups and its listeners, and nothing else", async () => {
    const { registrations, failures } = await adopting();
    assert.deepEqual(failures, []);
    const imported = registrations.filter(({ importId }) => importId !== "");
    assert.deepEqual(Object.fromEntries(imported.map(({ name, importId }) => [name, importId])), {
      "web-alb": BALANCER,
      "web-tg": GROUP,
      "web-tg-blue": BLUE,
      "web-http": HTTP,
      "web-https": HTTPS,
      "web-rule-api": RULE,
    });
  });

  it("imports nothing where it is not asked to", async () => {
    const { registrations } = await adopting({ adopt: undefined });
    assert.deepEqual([...new Set(registrations.map(({ importId }) => importId))], [""]);
  });

  it("leaves every name as it is, and keeps what is made with its servers", async () => {
    const { find } = await adopting({ instanceIds: ["i-1"] });
    for (const name of ["web-alb", "web-tg", "web-tg-blue"]) {
      assert.deepEqual(find(name).ignoreChanges, ["name", "namePrefix"], name);
    }
    assert.equal(find("web-attachment-i-1:80").importId, "");
  });

  it("keeps the load balancer's security groups, unless others are given", async () => {
    const kept = await adopting({ targetSecurityGroupIds: ["sg-t"] });
    assert.deepEqual(kept.find("web-alb").inputs.securityGroups, ["sg-1", "sg-2"]);
    assert.equal(kept.find("web-target-ingress-80-sg-t").inputs.referencedSecurityGroupId, "sg-1");
    assert.equal(
      kept.registrations.some(({ name }) => name === "web-sg"),
      false,
    );
    const given = await adopting({ securityGroupIds: ["sg-3"] });
    assert.deepEqual(given.find("web-alb").inputs.securityGroups, ["sg-3"]);
  });

  it("is refused at preview where only a replacement would do, all at once", async () => {
    const { failures } = await adopting(
      {
        internal: true,
        vpcId: "vpc-other",
        subnetIds: ["subnet-x", "subnet-y"],
        availabilityZones: undefined,
        targetGroup: { port: 81, protocol: "HTTPS", protocolVersion: "HTTP2", targetType: "ip" },
        targetGroups: { blue: { port: 81 } },
      },
      {
        preview: true,
        ...within(EXISTING, {
          subnets: ["a", "b"].map((zone, index) => ({
            id: ["subnet-x", "subnet-y"][index],
            vpcId: "vpc-other",
            zone: `us-west-2${zone}`,
          })),
        }),
      },
    );
    const must = (property: string, found: string, path: string, got: string, way: string) =>
      `${property} must be ${found}, got ${got}: the ${nameOf(path)} in adopt.${path} has ${found} in AWS, and AWS ` +
      `can't change it; ${property === "vpcId" ? `set vpcId to ${found} and use its subnets` : `write ${found}`}, or ` +
      `${way} to create a new ${nameOf(path)}`;
    const nameOf = (path: string) =>
      path === "loadBalancerArn" ? "load balancer" : "target group";
    const ofBalancer = (property: string, found: string, got: string) =>
      must(property, found, "loadBalancerArn", got, "remove adopt");
    const ofGroup = (property: string, found: string, got: string, path = "targetGroupArn") =>
      must(property, found, path, got, "remove the ARN from adopt");
    assert.equal(failures.length, 1);
    assert.deepEqual(reasonsOf(failures[0]), [
      ofBalancer("internal", "false", "true"),
      ofBalancer("vpcId", DEFAULT_VPC, "vpc-other"),
      ofGroup("targetGroup.port", "80", "81"),
      ofGroup("targetGroup.protocol", "HTTP", "HTTPS"),
      ofGroup("targetGroup.protocolVersion", "HTTP1", "HTTP2"),
      ofGroup("targetGroup.targetType", "instance", "ip"),
      ofGroup("vpcId", DEFAULT_VPC, "vpc-other"),
      ofGroup("targetGroups.blue.port", "80", "81", "targetGroupArns.blue"),
      ofGroup("vpcId", DEFAULT_VPC, "vpc-other", "targetGroupArns.blue"),
    ]);
  });

  it("asks of a function's target group only that it is one, as it has no port or protocol", async () => {
    const ofFunctions = (found: object) =>
      adopting(
        { targetGroup: { targetType: "lambda" } },
        within({ ...EXISTING, [GROUP]: { loadBalancerArns: [BALANCER], ...found } }),
      );
    assert.deepEqual((await ofFunctions({ targetType: "lambda", port: 0 })).failures, []);
    const { failures } = await ofFunctions({ ...group, port: 8080 });
    assert.deepEqual(reasonsOf(failures[0]), [
      "targetGroup.targetType must be instance, got lambda: the target group in adopt.targetGroupArn has instance in AWS, and " +
        "AWS can't change it; write instance, or remove the ARN from adopt to create a new target group",
    ]);
  });

  it("is refused if what it names is missing, or belongs to something else", async () => {
    const used = { ...group, loadBalancerArns: [BALANCER, OTHER] };
    const { failures, registrations } = await adopting(
      {},
      within({ [GROUP]: used, [BLUE]: group }),
    );
    const missing = (path: string, what: string, way = "remove the ARN from adopt") =>
      `adopt.${path}: there is no such ${what} in this account and region; check the ARN, the credentials ` +
      `and aws:region, or ${way} to create a new ${what}`;
    assert.equal(failures.length, 1);
    assert.deepEqual(reasonsOf(failures[0]), [
      missing("loadBalancerArn", "load balancer", "remove adopt"),
      `adopt.targetGroupArn is used by ${OTHER}, and a target group can have only one load balancer; ` +
        "remove the ARN from adopt to create a new target group",
      missing("listenerArns.http", "listener"),
      missing("listenerArns.https", "listener"),
      missing("ruleArns.api", "listener rule"),
    ]);
    assert.deepEqual(
      registrations.map(({ name }) => name),
      ["web"],
    );
  });

  it("warns of lookups that are not permitted, and goes on", async () => {
    const denied = ["LoadBalancers", "TargetGroups", "Listeners", "Rules"].map(
      (what) => `elasticloadbalancing:Describe${what}`,
    );
    const { failures, warnings } = await adopting(
      { securityGroupIds: ["sg-1"] },
      within(EXISTING, { denied }),
    );
    assert.deepEqual(failures, []);
    for (const action of denied) {
      assert.equal(warnings.filter((warning) => warning.includes(action)).length, 1, action);
    }
  });

  it("accepts a mock's answer that lacks a property", async () => {
    const { failures, find } = await adopting({}, { answer: () => ({}) });
    assert.deepEqual(failures, []);
    assert.deepEqual(find("web-alb").inputs.securityGroups, []);
  });
});
