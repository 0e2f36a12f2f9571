import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type stack from "../../stacks/index";
import { record, UNKNOWN, valueOf, type Recording } from "../support/recorder";

const PROJECT = "load-balanced-group";
const BASE = { availabilityZones: '["us-west-2a","us-west-2b"]' };

/** Runs the program of the stacks, and gives back its outputs too. */
async function run(config: Record<string, string>, preview = false) {
  let outputs: Awaited<ReturnType<typeof stack>> = {};
  const recording = await record(
    async () => {
      const entries = Object.entries({ ...BASE, ...config });
      pulumi.runtime.setAllConfig(
        Object.fromEntries(entries.map(([key, value]) => [`${PROJECT}:${key}`, value])),
      );
      const { default: program } = await import("../../stacks/index");
      outputs = await program();
    },
    { preview },
  );
  pulumi.runtime.setAllConfig({});
  return { ...recording, program: outputs };
}

const names = ({ registrations }: Recording) => registrations.map(({ name }) => name).sort();
const loaded = () => Object.keys(require.cache).filter((file) => /@pulumi[\\/]awsx/.test(file));

describe("the program of the stacks", () => {
  before(() => {
    for (const file of loaded()) Reflect.deleteProperty(require.cache, file);
  });

  it("makes the group that the configuration asks for, and gives out its outputs", async () => {
    const { program, outputs, failures } = await run({ name: "shop" });

    assert.deepEqual(failures, []);
    const suffixes = ["loadBalancerArnSuffix", "targetGroupArnSuffix", "targetGroupArnSuffixes"];
    const expected = Object.keys(outputs.shop as object).filter((key) => !suffixes.includes(key));
    assert.deepEqual(Object.keys(program).sort(), expected.sort());
    assert.equal(await valueOf(program.url), "http://shop-alb.elb.test");
  });

  it("does not load awsx for a network that exists", async () => {
    await run({});
    assert.deepEqual(loaded(), []);
  });

  it("makes a VPC with a public subnet in each zone for a dedicated network", async () => {
    const { find, failures, invocations } = await run({
      network: "dedicated",
      preflight: "off",
      securityGroupIds: '["sg-1"]',
      tags: '{"environment":"test"}',
    });

    assert.deepEqual(failures, []);
    assert.deepEqual(find("web-network").inputs, {
      availabilityZoneNames: ["us-west-2a", "us-west-2b"],
      enableDnsHostnames: true,
      natGateways: { strategy: "None" },
      subnetSpecs: [{ type: "Public" }],
      tags: { environment: "test" },
    });
    assert.equal(find("web-network").parent, undefined);
    assert.equal(find("web-tg").inputs.vpcId, "vpc-web-network");
    assert.deepEqual(find("web-alb").inputs.subnets, ["subnet-a", "subnet-b"]);
    assert.deepEqual(invocations, []);
    assert.notDeepEqual(loaded(), []);
  });

  it("previews a dedicated network whole, though nothing of it is known", async () => {
    const config = { network: "dedicated", preflight: "off", securityGroupIds: '["sg-1"]' };
    const preview = await run(config, true);
    assert.deepEqual(preview.failures, []);
    assert.equal(preview.find("web-alb").inputs.subnets, UNKNOWN);
    assert.deepEqual(names(preview), names(await run(config)));
  });
});
