import type { GroupSettings, NewSettings } from "../../autoScaling/settings";
import type { AutoScalingGroup } from "../../sampleAccount";
import { blockOf, given, integerOf, type Shape, textOf, textsOf } from "../properties";
import { type Properties } from "../values";

const DEFAULT_GRACE_SECONDS = 300;
const SIZE = [0, Number.MAX_SAFE_INTEGER] as const;

export const AUTO_SCALING_GROUP_INPUTS: Shape = {
  name: { kind: "string", computed: true, forceNew: true, fault: nameFault },
  namePrefix: { kind: "string", computed: true, forceNew: true },
  minSize: { kind: "integer", required: true, range: SIZE },
  maxSize: { kind: "integer", required: true, range: SIZE },
  desiredCapacity: { kind: "integer", computed: true, range: SIZE },
  vpcZoneIdentifiers: { kind: "set", computed: true },
  launchTemplate: {
    kind: "block",
    required: true,
    properties: {
      id: { kind: "string", required: true },
      version: { kind: "string", computed: true },
    },
  },
  healthCheckType: { kind: "string", computed: true, values: ["EC2", "ELB"] },
  healthCheckGracePeriod: { kind: "integer", default: DEFAULT_GRACE_SECONDS },
  targetGroupArns: { kind: "set", computed: true },
  instanceRefresh: {
    kind: "block",
    properties: {
      strategy: { kind: "string", required: true, values: ["Rolling"] },
      preferences: {
        kind: "block",
        // With less than 100 and 100 AWS terminates first, which the emulator never does.
        properties: {
          minHealthyPercentage: { kind: "integer", range: [100, 100], required: true },
          maxHealthyPercentage: { kind: "integer", range: [101, 200], required: true },
        },
        required: true,
      },
    },
  },
  tags: {
    kind: "blocks",
    anyOrder: true,
    properties: {
      key: { kind: "string", required: true },
      value: { kind: "string", required: true },
      propagateAtLaunch: { kind: "boolean", required: true },
    },
  },
  forceDelete: { kind: "boolean", default: false },
  waitForCapacityTimeout: { kind: "string", default: "10m", values: ["10m", "0"] },
};

/** A version that is left out stays as it was in `olds`. */
export function settingsOf(inputs: Properties, olds: Properties = {}): NewSettings {
  const before = blockOf(olds, "launchTemplate") ?? {};
  const launchTemplate = blockOf(inputs, "launchTemplate") ?? {};
  return {
    minSize: given(integerOf(inputs, "minSize"), "minSize"),
    maxSize: given(integerOf(inputs, "maxSize"), "maxSize"),
    desiredCapacity: integerOf(inputs, "desiredCapacity"),
    subnetIds: textsOf(inputs, "vpcZoneIdentifiers"),
    launchTemplate: {
      id: given(textOf(launchTemplate, "id"), "launchTemplate.id"),
      version: textOf(launchTemplate, "version") ?? textOf(before, "version") ?? "$Default",
    },
    healthCheckType: textOf(inputs, "healthCheckType") ?? "EC2",
    healthCheckGracePeriod: integerOf(inputs, "healthCheckGracePeriod") ?? DEFAULT_GRACE_SECONDS,
  };
}

export function stateOf(group: AutoScalingGroup, settings: GroupSettings): Properties {
  const { subnetIds, launchTemplate, ...others } = settings;
  return {
    ...others,
    name: group.autoScalingGroupName,
    vpcZoneIdentifiers: [...subnetIds],
    launchTemplate: { ...launchTemplate },
    targetGroupArns: [...group.targetGroupArns],
  };
}

function nameFault(name: string): string | undefined {
  return name.length > 255 ? "to have at most 255 characters" : undefined;
}
