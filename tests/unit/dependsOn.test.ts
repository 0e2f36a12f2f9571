import assert from "node:assert/strict";
import * as aws from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { ACCOUNT, answersOf, DEFAULT_VPC, type Account } from "../support/account";
import { CERTIFICATE, ZONES } from "../support/exampleArgs";
import { record, UNKNOWN, type RecorderOptions } from "../support/recorder";

const BASE = { ...ZONES, certificateArn: CERTIFICATE, instanceIds: ["i-1"] };
const EMPTY: Account = { ...ACCOUNT, subnets: [] };

/** A program whose group depends on a subnet that it creates. */
const program =
  (args: object = {}, dependent = true) =>
  () => {
    const vpcId = DEFAULT_VPC;
    const subnet = new aws.Subnet("subnet", { vpcId, cidrBlock: "172.31.0.0/20" });
    const opts = dependent ? { dependsOn: [subnet] } : {};
    new LoadBalancedGroup("web", { ...BASE, ...args }, opts);
  };

const run = (options: RecorderOptions, args?: object, dependent?: boolean) =>
  record(program(args, dependent), { answer: answersOf(EMPTY), ...options });

describe("a group that depends on other resources", () => {
  it("looks for its subnets after these exist", async () => {
    let isCreated = false;
    const { failures, find } = await record(
      () => {
        const created = new Promise<string>((resolve) => setTimeout(resolve, 50, "172.31.0.0/20"));
        const cidrBlock = pulumi.output(created).apply((cidr) => {
          isCreated = true;
          return cidr;
        });
        const subnet = new aws.Subnet("subnet", { vpcId: DEFAULT_VPC, cidrBlock });
        new LoadBalancedGroup("web", BASE, { dependsOn: subnet });
      },
      { answer: (token, inputs) => answersOf(isCreated ? ACCOUNT : EMPTY)(token, inputs) },
    );
    assert.deepEqual(failures, []);
    assert.deepEqual(find("web-alb").inputs.subnets, ["subnet-a", "subnet-b"]);
  });

  it("is previewed with what does not exist yet, and a warning of it", async () => {
    const { failures, warnings, find } = await run({ preview: true });
    assert.deepEqual(failures, []);
    assert.equal(find("web-alb").inputs.subnets, UNKNOWN);
    assert.equal(warnings.length, 2);
    for (const warning of warnings) {
      assert.match(
        warning,
        /^availabilityZones: the zone us-west-2[ab] has no subnet .*; the update checks this again, after it has changed the resources in dependsOn$/,
      );
    }
  });

  it("is previewed with any other problem that these resources may solve", async () => {
    const answer = answersOf({ ...ACCOUNT, isolatedVpcs: [DEFAULT_VPC] });
    const { failures, warnings } = await run({ preview: true, answer });
    assert.deepEqual(failures, []);
    assert.match(warnings.join(), /has no internet gateway.*checks this again/);
  });

  it("is refused like any other where nothing can change it", async () => {
    const existing = await run({ preview: true, existing: ["subnet"] });
    assert.match(existing.failures.join(), /us-west-2a has no subnet/);
    const independent = await run({ preview: true }, {}, false);
    assert.match(independent.failures.join(), /us-west-2a has no subnet/);
    const update = await run({});
    assert.match(update.failures.join(), /us-west-2a has no subnet/);
    assert.ok(!update.registrations.some(({ name }) => name.startsWith("web-")));
    const denied = answersOf({ ...EMPTY, denied: ["ec2:DescribeSubnets"] });
    const refused = await run({ preview: true, answer: denied });
    assert.match(refused.failures.join(), /can't be looked up \(ec2:DescribeSubnets\)/);
  });

  it("is previewed so, too, where these resources belong to another process, or to a component", async () => {
    const others = [
      () => new pulumi.DependencyResource("urn:pulumi:dev::shop::aws:ec2/subnet:Subnet::subnet"),
      () => new pulumi.ComponentResource("test:index:Network", "network"),
    ];
    for (const other of others) {
      const { failures } = await record(
        () => {
          new LoadBalancedGroup("web", BASE, { dependsOn: other() });
        },
        { preview: true, answer: answersOf(EMPTY) },
      );
      assert.deepEqual(failures, []);
    }
  });
});
