import { isDeepStrictEqual } from "node:util";
import type { GroupSettings, NewSettings } from "../../autoScaling/settings";
import { physicalName } from "../autoname";
import { during } from "../awsCalls";
import { blocksOf, flagOf, textOf, textsOf } from "../properties";
import { type Aws, type ResourceType } from "../resourceType";
import { type Properties } from "../values";
import { AUTO_SCALING_GROUP_INPUTS, settingsOf, stateOf } from "./autoScalingGroupShape";

/** What the provider knows and AWS does not. */
const OWN = ["instanceRefresh", "tags", "forceDelete", "waitForCapacityTimeout"];

export const autoScalingGroup: ResourceType = {
  token: "aws:autoscaling/group:Group",
  inputs: AUTO_SCALING_GROUP_INPUTS,
  outputs: { arn: { kind: "string" }, region: { kind: "string" } },
  longestName: 255,

  async create(inputs, aws) {
    const { autoScaling, calls } = aws;
    const name = physicalName(inputs);
    const settings = settingsOf(inputs);
    const targetGroupArns = textsOf(inputs, "targetGroupArns");
    await during(
      `creating Auto Scaling Group (${name})`,
      calls.autoScaling("CreateAutoScalingGroup", () => {
        autoScaling.createGroup(name, { ...settings, targetGroupArns });
      }),
    );
    const wanted = Math.max(settings.minSize, settings.desiredCapacity ?? 0);
    const finish = () =>
      capacity(name, (count) => count >= wanted, `at least ${wanted}`, inputs, aws);
    return { id: name, finish };
  },

  async read(id, state, { autoScaling, calls, ec2 }) {
    const found = await calls.autoScaling("DescribeAutoScalingGroups", () =>
      autoScaling.describeGroup(id),
    );
    if (found?.settings === undefined) return undefined;
    const own = Object.fromEntries(OWN.map((key) => [key, state[key]]));
    const { region, accountId } = ec2;
    const arn = `arn:aws:autoscaling:${region}:${accountId}:autoScalingGroup:0e57a11c-0000-4000-8000-000000000003:autoScalingGroupName/${id}`;
    return { ...own, ...stateOf(found, found.settings), arn, region };
  },

  async update(id, olds, news, aws) {
    const { autoScaling, calls } = aws;
    const before = settingsOf(olds);
    const after = settingsOf(news, olds);
    const change = changeOf(before, after);
    if (Object.keys(change).length > 0) {
      await during(
        `updating Auto Scaling Group (${id})`,
        calls.autoScaling("UpdateAutoScalingGroup", () => {
          autoScaling.updateGroup(id, change);
        }),
      );
    }
    await updateGroupTags(id, olds, news, aws);
    await updateTargetGroups(id, olds, news, aws);
    if (news.instanceRefresh !== undefined && "launchTemplate" in change) {
      await during(
        `starting Auto Scaling Group (${id}) instance refresh`,
        calls.autoScaling("StartInstanceRefresh", () => {
          autoScaling.startInstanceRefresh(id);
        }),
      );
    }
    if ("minSize" in change || "desiredCapacity" in change) {
      // The provider counts on the capacity that it knew, where none is given.
      const desired = after.desiredCapacity ?? before.desiredCapacity ?? 0;
      const wanted = Math.max(after.minSize, desired);
      await capacity(id, (count) => count === wanted, `exactly ${wanted}`, news, aws);
    }
  },

  async delete(id, state, { autoScaling, calls }) {
    if (autoScaling.describeGroup(id) === undefined) return;
    const force = flagOf(state, "forceDelete");
    if (!force) {
      const emptied = calls.autoScaling("UpdateAutoScalingGroup", () => {
        autoScaling.updateGroup(id, { minSize: 0, maxSize: 0, desiredCapacity: 0 });
      });
      await during(`setting Auto Scaling Group (${id}) capacity to 0`, emptied);
      await autoScaling.settled(id);
      await autoScaling.drained(id);
    }
    const deletion = calls.autoScaling("DeleteAutoScalingGroup", () =>
      autoScaling.deleteGroup(id, { force }),
    );
    await during(`deleting Auto Scaling Group (${id})`, deletion);
  },
};

/**
 * The provider waits ten minutes for instances. Here nothing is late: what is not there when the group
 * has done what it had to won't come.
 */
async function capacity(
  name: string,
  isEnough: (count: number) => boolean,
  wanted: string,
  inputs: Properties,
  { autoScaling, calls }: Aws,
): Promise<void> {
  const timeout = textOf(inputs, "waitForCapacityTimeout");
  if (timeout === "0") return;
  const failure = await autoScaling.settled(name);
  const group = await calls.autoScaling("DescribeAutoScalingGroups", () => autoScaling.group(name));
  const count = group.instanceIds.length;
  if (isEnough(count)) return;
  const reason =
    failure === undefined
      ? `timeout while waiting for state to become 'ok' (last state: 'want ${wanted} healthy instance(s) in Auto Scaling Group, have ${count}', timeout: 10m0s)`
      : `scaling activity: Failed: ${failure}`;
  throw new Error(`waiting for Auto Scaling Group (${name}) capacity satisfied: ${reason}`);
}

/** Only what differs is sent; a capacity that is left out stays as it is. */
function changeOf(before: NewSettings, after: NewSettings): Partial<GroupSettings> {
  const olds = new Map<string, unknown>(Object.entries(before));
  const news: [string, unknown][] = Object.entries(after);
  return Object.fromEntries(
    news.filter(([key, value]) => value !== undefined && !isDeepStrictEqual(olds.get(key), value)),
  );
}

/** AWS takes these tags by calls of their own. */
async function updateGroupTags(
  id: string,
  olds: Properties,
  news: Properties,
  { calls }: Aws,
): Promise<void> {
  const [before, after] = [olds, news].map((one) => blocksOf(one, "tags"));
  const action = `updating tags for Auto Scaling Group (${id})`;
  const keys = new Set(after.map(({ key }) => key));
  const nothing = () => undefined;
  if (before.some(({ key }) => !keys.has(key))) {
    await during(action, calls.autoScaling("DeleteTags", nothing));
  }
  if (after.some((tag) => !before.some((old) => isDeepStrictEqual(old, tag)))) {
    await during(action, calls.autoScaling("CreateOrUpdateTags", nothing));
  }
}

/** Where the group names its target groups, an update detaches all others, whoever attached them. */
async function updateTargetGroups(
  id: string,
  olds: Properties,
  news: Properties,
  { autoScaling, calls }: Aws,
): Promise<void> {
  if (news.targetGroupArns === undefined) return;
  const [before, after] = [olds, news].map((one) => textsOf(one, "targetGroupArns"));
  for (const arn of before.filter((one) => !after.includes(one))) {
    const detach = calls.autoScaling("DetachLoadBalancerTargetGroups", () => {
      autoScaling.detachTargetGroup(id, arn);
    });
    await during(`detaching Auto Scaling Group (${id}) target groups`, detach);
  }
  for (const arn of after.filter((one) => !before.includes(one))) {
    const attach = calls.autoScaling("AttachLoadBalancerTargetGroups", () => {
      autoScaling.attachTargetGroup(id, arn);
    });
    await during(`attaching Auto Scaling Group (${id}) target groups`, attach);
  }
}
