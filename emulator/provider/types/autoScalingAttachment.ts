import { randomBytes } from "node:crypto";
import { during } from "../awsCalls";
import { given, textOf } from "../properties";
import { type ResourceType } from "../resourceType";
import { type Properties } from "../values";

/** Nothing of an attachment can be changed: it is its identity. Classic load balancers are not supported. */
export const autoScalingAttachment: ResourceType = {
  token: "aws:autoscaling/attachment:Attachment",
  inputs: {
    autoscalingGroupName: { kind: "string", required: true, forceNew: true },
    lbTargetGroupArn: { kind: "string", required: true, forceNew: true },
  },
  outputs: { region: { kind: "string" } },

  async create(inputs, { autoScaling, calls }) {
    const [name, arn] = identityOf(inputs);
    const attach = calls.autoScaling("AttachLoadBalancerTargetGroups", () => {
      autoScaling.attachTargetGroup(name, arn);
    });
    await during(`attaching Auto Scaling Group (${name}) target group (${arn})`, attach);
    return { id: `${name}-${randomBytes(8).toString("hex")}` };
  },

  async read(_id, state, { autoScaling, calls, ec2 }) {
    const [name, arn] = identityOf(state);
    const group = await calls.autoScaling("DescribeAutoScalingGroups", () =>
      autoScaling.describeGroup(name),
    );
    return group?.targetGroupArns.includes(arn) === true
      ? { ...state, region: ec2.region }
      : undefined;
  },

  update: () => Promise.reject(new Error("an attachment is replaced, never updated")),

  async delete(_id, state, { autoScaling, calls }) {
    const [name, arn] = identityOf(state);
    const detach = calls.autoScaling("DetachLoadBalancerTargetGroups", () => {
      autoScaling.detachTargetGroup(name, arn);
    });
    await during(`detaching Auto Scaling Group (${name}) target group (${arn})`, detach);
  },
};

function identityOf(properties: Properties): [string, string] {
  return [
    given(textOf(properties, "autoscalingGroupName"), "autoscalingGroupName"),
    given(textOf(properties, "lbTargetGroupArn"), "lbTargetGroupArn"),
  ];
}
