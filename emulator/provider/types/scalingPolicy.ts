import { randomUUID } from "node:crypto";
import { during } from "../awsCalls";
import { blockOf, given, type Shape, textOf } from "../properties";
import { type Aws, type ResourceType } from "../resourceType";
import { type Properties } from "../values";

const INPUTS: Shape = {
  name: { kind: "string", computed: true, forceNew: true },
  autoscalingGroupName: { kind: "string", required: true, forceNew: true },
  policyType: { kind: "string", default: "SimpleScaling", values: ["TargetTrackingScaling"] },
  targetTrackingConfiguration: {
    kind: "block",
    required: true,
    properties: {
      predefinedMetricSpecification: {
        kind: "block",
        required: true,
        properties: {
          predefinedMetricType: {
            kind: "string",
            required: true,
            values: [
              "ALBRequestCountPerTarget",
              "ASGAverageCPUUtilization",
              "ASGAverageNetworkIn",
              "ASGAverageNetworkOut",
            ],
          },
          resourceLabel: { kind: "string" },
        },
      },
      targetValue: { kind: "number", required: true },
      disableScaleIn: { kind: "boolean", default: false },
    },
  },
  estimatedInstanceWarmup: { kind: "integer" },
  enabled: { kind: "boolean", default: true },
};

/** Of the policies only those that track a target are supported, and those as far as AWS keeps them. */
export const scalingPolicy: ResourceType = {
  token: "aws:autoscaling/policy:Policy",
  inputs: INPUTS,
  outputs: { arn: { kind: "string" }, region: { kind: "string" } },
  longestName: 255,

  async create(inputs, aws) {
    const name = given(textOf(inputs, "name"), "name");
    await put("creating", name, inputs, aws);
    return { id: name };
  },

  async read(id, state, { autoScaling, calls, ec2 }) {
    const group = textOf(state, "autoscalingGroupName") ?? "";
    const found = await calls.autoScaling("DescribePolicies", () =>
      autoScaling.policies.find(group, id),
    );
    if (found === undefined) return undefined;
    const { policyName: name, policyArn: arn, settings } = found;
    return { ...settings, name, autoscalingGroupName: group, arn, region: ec2.region };
  },

  update: (id, _olds, news, aws) => put("updating", id, news, aws),

  async delete(id, state, { autoScaling, calls }) {
    const group = textOf(state, "autoscalingGroupName") ?? "";
    if (autoScaling.policies.find(group, id) === undefined) return;
    const deletion = calls.autoScaling("DeletePolicy", () => {
      autoScaling.policies.delete(group, id);
    });
    await during(`deleting Auto Scaling Policy (${id})`, deletion);
  },
};

/** Creating and updating are one call. */
async function put(
  verb: string,
  policyName: string,
  inputs: Properties,
  { autoScaling, calls, ec2: { region, accountId } }: Aws,
): Promise<void> {
  const groupName = given(textOf(inputs, "autoscalingGroupName"), "autoscalingGroupName");
  const { policyType, targetTrackingConfiguration, estimatedInstanceWarmup, enabled } = inputs;
  const configuration = blockOf(inputs, "targetTrackingConfiguration") ?? {};
  const metric = blockOf(configuration, "predefinedMetricSpecification") ?? {};
  const known = autoScaling.policies.find(groupName, policyName);
  const policyArn =
    known?.policyArn ??
    `arn:aws:autoscaling:${region}:${accountId}:scalingPolicy:${randomUUID()}:autoScalingGroupName/${groupName}:policyName/${policyName}`;
  await during(
    `${verb} Auto Scaling Policy (${policyName})`,
    calls.autoScaling("PutScalingPolicy", () => {
      autoScaling.policies.put(autoScaling.group(groupName), {
        policyName,
        policyArn,
        autoScalingGroupName: groupName,
        resourceLabel: textOf(metric, "resourceLabel"),
        settings: { policyType, targetTrackingConfiguration, estimatedInstanceWarmup, enabled },
      });
    }),
  );
}
