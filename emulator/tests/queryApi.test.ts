import assert from "node:assert/strict";
import {
  DescribeLoadBalancersCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  TargetGroupNotFoundException,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { EmulatorFixture, first, second } from "./support/emulatorFixture";

describe("the endpoint that AWS's SDKs read health from", () => {
  const fixture = EmulatorFixture.inEachTest();
  let client: ElasticLoadBalancingV2Client;
  let arn: string;

  beforeEach(async () => {
    client = new ElasticLoadBalancingV2Client({
      region: "us-west-2",
      endpoint: fixture.emulator.environment.AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2,
      credentials: { accessKeyId: "key", secretAccessKey: "secret" },
    });
    const { group } = await fixture.makeListener();
    arn = group.id;
  });

  afterEach(() => {
    client.destroy();
  });

  async function health(changes: object = {}) {
    const command = new DescribeTargetHealthCommand({ TargetGroupArn: arn, ...changes });
    const { TargetHealthDescriptions } = await client.send(command);
    return TargetHealthDescriptions;
  }

  it("answers for a group without targets", async () => {
    assert.deepEqual(await health(), []);
  });

  it("returns each target's state as it changes, with its reason", async () => {
    const healthy = new Promise((resolve) => {
      fixture.emulator.elb.onTargetTransition(({ state }) => {
        if (state === "healthy") resolve(undefined);
      });
    });
    fixture.emulator.elb.registerTarget(arn, { id: first, port: 80 });
    const [{ Target, HealthCheckPort, TargetHealth, AnomalyDetection }] = (await health()) ?? [];
    assert.deepEqual(Target, { Id: first, Port: 80 });
    assert.equal(HealthCheckPort, "80");
    assert.ok(TargetHealth);
    assert.equal(TargetHealth.State, "initial");
    assert.match(TargetHealth.Reason ?? "", /^Elb\./);
    assert.equal(AnomalyDetection, undefined);
    await healthy;
    const [after] = (await health()) ?? [];
    assert.deepEqual(after.TargetHealth, { State: "healthy" });
  });

  it("returns the targets that are asked for, registered or not", async () => {
    fixture.emulator.elb.registerTarget(arn, { id: first, port: 80 });
    const asked = await health({ Targets: [{ Id: second }], Include: ["All"] });
    assert.deepEqual(
      asked?.map(({ Target, TargetHealth, AnomalyDetection }) => [
        Target?.Id,
        TargetHealth?.State,
        TargetHealth?.Reason,
        AnomalyDetection?.Result,
      ]),
      [[second, "unused", "Target.NotRegistered", "normal"]],
    );
  });

  it("refuses in AWS's form", async () => {
    arn = arn.replace(/.$/, "x");
    await assert.rejects(health(), TargetGroupNotFoundException);
    await assert.rejects(client.send(new DescribeLoadBalancersCommand({})), {
      name: "InvalidAction",
    });
  });

  it("refuses what is not signed", async () => {
    const url = fixture.emulator.environment.AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2;
    const response = await fetch(url, { method: "POST", body: "Action=DescribeTargetHealth" });
    assert.equal(response.status, 403);
    assert.match(await response.text(), /<Code>MissingAuthenticationToken<\/Code>/);
  });

  it("is written down among the calls", async () => {
    const start = fixture.emulator.calls.length;
    await health();
    assert.deepEqual(fixture.callsSince(start), ["DescribeTargetHealth"]);
  });
});
