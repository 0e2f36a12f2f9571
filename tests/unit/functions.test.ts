import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ZONES } from "../support/exampleArgs";
import { reasonsOf, recordGroup } from "../support/recordGroup";

const FUNCTION = "arn:aws:lambda:us-west-2:123456789012:function:api";

const functionGroup = (id: pulumi.Input<string>, settings: object = {}) =>
  recordGroup({
    ...ZONES,
    targetGroup: { targetType: "lambda", ...settings },
    targets: { api: { id } },
  });

describe("a Lambda function as target", () => {
  it("has a target group without port, protocol and VPC, and without health checks", async () => {
    const { find, failures } = await functionGroup(FUNCTION);
    assert.deepEqual(failures, []);
    assert.deepEqual(find("web-tg").inputs, {
      targetType: "lambda",
      healthCheck: {
        enabled: false,
        healthyThreshold: 2,
        interval: 35,
        matcher: "200",
        path: "/",
        timeout: 30,
        unhealthyThreshold: 2,
      },
    });
  });

  it("is checked and gets lists of values when that is asked for", async () => {
    const settings = { healthCheck: { enabled: true }, lambdaMultiValueHeaders: true };
    const { inputs } = (await functionGroup(FUNCTION, settings)).find("web-tg");
    assert.equal((inputs.healthCheck as Record<string, unknown>).enabled, true);
    assert.equal(inputs.lambdaMultiValueHeadersEnabled, true);
  });

  it("permits the target group to invoke it before it is registered", async () => {
    const { find } = await functionGroup(pulumi.output(FUNCTION));
    assert.deepEqual(find("web-permission-api").inputs, {
      action: "lambda:InvokeFunction",
      principal: "elasticloadbalancing.amazonaws.com",
      function: FUNCTION,
      sourceArn: "arn:web-tg",
    });
    const { inputs, dependencies } = find("web-attachment-api");
    assert.deepEqual(inputs, { targetGroupArn: "arn:web-tg", targetId: FUNCTION });
    assert.ok(dependencies.includes("web-permission-api"));
  });

  it("permits it for the alias that is registered", async () => {
    const { find } = await functionGroup(`${FUNCTION}:live`);
    const { inputs } = find("web-permission-api");
    assert.deepEqual([inputs.function, inputs.qualifier], [FUNCTION, "live"]);
    assert.equal(find("web-attachment-api:live").inputs.targetId, `${FUNCTION}:live`);
  });

  it("permits it by a statement ID that Lambda accepts, whatever the key is", async () => {
    const { find } = await recordGroup({
      availabilityZones: ["us-west-2a", "us-west-2b"],
      targetGroup: { targetType: "lambda" },
      targets: { "orders.v2": { id: FUNCTION } },
    });
    const { inputs } = find("web-permission-orders.v2");
    assert.equal(inputs.statementIdPrefix, "web-permission-orders-v2-");
  });

  it("is refused where it lies in another region than the zones, which needs no lookup", async () => {
    const far = FUNCTION.replace("us-west-2", "eu-west-1");
    const refused = (path: string) =>
      `${path}: the function is in eu-west-1, but must be in the load balancer's region us-west-2; ` +
      "use a function in us-west-2";
    const near = await functionGroup(FUNCTION);
    const plain = await functionGroup(far);
    assert.deepEqual(plain.failures.flatMap(reasonsOf), [refused("targets.api.id")]);
    const tokens = ({ invocations }: typeof near) => invocations.map(({ token }) => token).sort();
    assert.deepEqual(tokens(plain), tokens(near));

    const bySubnets = await recordGroup(
      {
        subnetIds: ["subnet-a", "subnet-b"],
        targetGroups: { api: { targetType: "lambda", targets: { a: { id: pulumi.output(far) } } } },
        forward: { weights: { api: 1 } },
      },
      { preview: true },
    );
    assert.deepEqual(bySubnets.failures.flatMap(reasonsOf), [
      refused("targetGroups.api.targets.a.id"),
    ]);
  });

  it("is judged by its zones though its VPC is not known yet", async () => {
    const vpcId = pulumi.output(pulumi.unknown as unknown as string);
    const { failures } = await recordGroup(
      {
        ...ZONES,
        vpcId,
        targetGroup: { targetType: "lambda" },
        targets: { api: { id: FUNCTION.replace("us-west-2", "eu-west-1") } },
      },
      { preview: true },
    );
    assert.match(failures[0], /the function is in eu-west-1/);
  });

  it("is reached through no security group, and not looked up in EC2", async () => {
    const { registrations, invocations } = await functionGroup(FUNCTION);
    assert.deepEqual(
      registrations.filter(({ type }) => type.includes("EgressRule")),
      [],
    );
    assert.ok(!invocations.some(({ token }) => token.includes("getInstances")));
  });
});

describe("targets whose ids come to be the same", () => {
  const later = (id: string) => pulumi.output(Promise.resolve(id));
  const failuresOf = async (args: object, preview = false) =>
    (await recordGroup({ ...ZONES, ...args }, { preview })).failures;

  for (const preview of [true, false]) {
    it(`are refused ${preview ? "at preview" : "at update"}`, async () => {
      const failures = await failuresOf(
        { instanceIds: ["i-1"], targets: { a: { id: later("i-1") } } },
        preview,
      );
      assert.equal(failures.length, 1);
      assert.match(
        failures[0],
        /(targets\.a\.id is i-1 on port 80, the same as instanceIds\[0\]|instanceIds\[0\] is i-1 on port 80, the same as targets\.a\.id); remove one of them$/,
      );
    });
  }

  it("are refused among targets, and taken on ports of their own", async () => {
    const targets = (port?: number) => ({
      targets: { a: { id: later("i-1") }, b: { id: later("i-1"), port } },
    });
    assert.match((await failuresOf(targets()))[0], / is i-1 on port 80, the same as /);
    assert.deepEqual(await failuresOf(targets(81)), []);
  });
});
