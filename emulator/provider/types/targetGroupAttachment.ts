import { AwsError, type TargetDescription } from "../../aws";
import { during, unlessGone } from "../awsCalls";
import { given, integerOf, PORT_RANGE, textOf } from "../properties";
import { type Aws, type ResourceType } from "../resourceType";
import { type Properties } from "../values";

/** Nothing of a registration can be changed: it is its identity. */
export const targetGroupAttachment: ResourceType = {
  token: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  inputs: {
    targetGroupArn: { kind: "string", required: true, forceNew: true },
    targetId: { kind: "string", required: true, forceNew: true },
    port: { kind: "integer", forceNew: true, range: PORT_RANGE },
    availabilityZone: { kind: "string", forceNew: true },
  },
  outputs: { region: { kind: "string" } },

  async create(inputs, aws) {
    const { calls } = aws;
    const [arn, targetId] = identityOf(inputs);
    const register = () =>
      calls.elb("RegisterTargets", () => {
        refuseZone(inputs, aws);
        aws.elb.registerTarget(arn, targetOf(inputs, aws));
      });
    await during(
      `registering ELBv2 Target Group (${arn}) target (${targetId})`,
      calls.repeated("InvalidTarget", register),
    );
    return { id: [arn, targetId, integerOf(inputs, "port") ?? []].flat().join(",") };
  },

  async read(id, state, aws) {
    const { elb, calls, ec2 } = aws;
    const registration = state.targetGroupArn === undefined ? imported(id) : state;
    const [arn] = identityOf(registration);
    const healths = await unlessGone(
      "TargetGroupNotFound",
      calls.elb("DescribeTargetHealth", () => elb.describeTargetHealth(arn)),
    );
    if (healths === undefined) {
      return undefined;
    }
    const wanted = targetOf(registration, aws);
    const found = healths.find(
      ({ target, state: health }) =>
        target.id === wanted.id && target.port === wanted.port && health !== "draining",
    );
    return found && { ...registration, region: ec2.region };
  },

  update: () => Promise.reject(new Error("a registration is replaced, never updated")),

  async delete(_id, state, aws) {
    const { elb, calls } = aws;
    const [arn, targetId] = identityOf(state);
    const deregister = calls.elb("DeregisterTargets", () => {
      elb.deregisterTarget(arn, targetOf(state, aws));
    });
    await during(`deregistering ELBv2 Target Group (${arn}) target (${targetId})`, deregister);
  },
};

function identityOf(properties: Properties): [string, string] {
  return [
    given(textOf(properties, "targetGroupArn"), "targetGroupArn"),
    given(textOf(properties, "targetId"), "targetId"),
  ];
}

/** AWS takes the group's port for a target that names none. */
function targetOf(properties: Properties, { elb }: Aws): TargetDescription {
  const [arn, id] = identityOf(properties);
  const port = integerOf(properties, "port") ?? elb.describeTargetGroup(arn).port;
  const availabilityZone = textOf(properties, "availabilityZone");
  return availabilityZone === undefined ? { id, port } : { id, port, availabilityZone };
}

function refuseZone(inputs: Properties, { elb }: Aws): void {
  const [arn] = identityOf(inputs);
  if (
    textOf(inputs, "availabilityZone") !== undefined &&
    elb.describeTargetGroup(arn).targetType === "instance"
  ) {
    throw new AwsError(
      "ValidationError",
      "You cannot specify an Availability Zone for a target of type instance",
    );
  }
}

/** The real provider's import form: the group's ARN, the target's id and, where it has one, its port. */
function imported(id: string): Properties {
  const [targetGroupArn, targetId, ...port] = id.split(",");
  return { targetGroupArn, targetId, port: port.length === 0 ? undefined : Number(port[0]) };
}
