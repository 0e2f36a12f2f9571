import assert from "node:assert/strict";
import { Emulator } from "../emulator";
import { instance, sampleAccount } from "../sampleAccount";
import { ask } from "./support/httpClient";
import { ProviderClient } from "./support/providerClient";
import {
  BALANCER,
  first,
  GROUP,
  LISTENER,
  LOAD_BALANCER,
  TARGET_GROUP,
} from "./support/emulatorFixture";

const ATTACHMENT = "aws:autoscaling/attachment:Attachment";
const NEW = "i-0a1b2c3d4e5f60009";

describe("Auto Scaling groups of the emulator", () => {
  let emulator: Emulator;
  let provider: ProviderClient;
  const account = () => {
    const made = sampleAccount();
    made.autoScalingGroups.push({
      autoScalingGroupName: "web",
      instanceIds: [first],
      targetGroupArns: [],
    });
    return made;
  };
  beforeEach(async () => {
    emulator = await Emulator.start({ account: account() });
    provider = new ProviderClient(emulator.environment);
  });
  afterEach(async () => {
    provider.close();
    await emulator.close();
  });

  const registered = (arn: string) =>
    emulator.elb
      .describeTargetHealth(arn)
      .filter(({ state }) => state !== "draining")
      .map(({ target }) => `${target.id}:${target.port}`);

  const attached = async () => {
    const group = await provider.make(TARGET_GROUP, GROUP);
    const inputs = { autoscalingGroupName: "web", lbTargetGroupArn: group.id };
    return { arn: group.id, attachment: await provider.make(ATTACHMENT, inputs) };
  };

  it("register their instances when they are attached, and deregister them when detached", async () => {
    const { arn, attachment } = await attached();
    assert.match(attachment.id, /^web-[0-9a-f]{16}$/);
    assert.deepEqual(registered(arn), [`${first}:80`]);
    await provider.delete(ATTACHMENT, attachment.id, attachment.state);
    assert.deepEqual(registered(arn), []);
    assert.deepEqual(
      emulator.calls.map(({ call }) => call).filter((call) => call.includes("tach")),
      ["AttachLoadBalancerTargetGroups", "DetachLoadBalancerTargetGroups"],
    );
  });

  it("register what they launch, and drain what they terminate before it stops", async () => {
    const { arn } = await attached();
    const balancer = await provider.make(LOAD_BALANCER, BALANCER);
    const listener = await provider.make(LISTENER, {
      loadBalancerArn: balancer.id,
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ type: "forward", targetGroupArn: arn }],
    });
    emulator.elb.modifyTargetGroupAttributes(arn, { "deregistration_delay.timeout_seconds": "1" });
    const subnet = sampleAccount().subnets[1];
    await emulator.autoScaling.launch("web", instance(NEW, subnet, "172.31.16.99"));
    assert.deepEqual(registered(arn), [`${first}:80`, `${NEW}:80`]);

    const gone = emulator.autoScaling.terminate("web", first);
    assert.deepEqual(registered(arn), [`${NEW}:80`]);
    assert.equal(emulator.servers.get(first)?.isRunning, true);
    await gone;
    assert.equal(emulator.servers.has(first), false);
    assert.equal(emulator.ec2.findInstance(first)?.state, "terminated");
    const { status, body } = await ask(emulator.elb.listenerUrl(listener.id));
    assert.equal(status, 200);
    assert.match(body, new RegExp(NEW));
  });

  it("are gone from the state when somebody else detached them", async () => {
    const { arn, attachment } = await attached();
    emulator.autoScaling.detachTargetGroup("web", arn);
    const { id } = await provider.read(ATTACHMENT, attachment.id, attachment);
    assert.equal(id, "");
  });

  it("must exist, and take target groups of instances only", async () => {
    const group = await provider.make(TARGET_GROUP, GROUP);
    const addresses = await provider.make(TARGET_GROUP, { ...GROUP, targetType: "ip" });
    const attach = (autoscalingGroupName: string, lbTargetGroupArn: string) =>
      provider.make(ATTACHMENT, { autoscalingGroupName, lbTargetGroupArn });
    await assert.rejects(
      attach("other", group.id),
      /attaching Auto Scaling Group \(other\).*operation error Auto Scaling: AttachLoadBalancerTargetGroups.*ValidationError: AutoScalingGroup name not found/s,
    );
    await assert.rejects(attach("web", addresses.id), /must be of type instance, not ip/);
    await assert.rejects(attach("web", `${group.id}0`), /Provided Target Groups may not be valid/);
  });
});
