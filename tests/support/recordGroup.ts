import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { record, type Recording, type RecorderOptions } from "./recorder";

export interface RecordedGroup extends Recording {
  readonly group: LoadBalancedGroup;
}

/** Records a program that makes one group called `web`. */
export async function recordGroup(
  args: LoadBalancedGroupArgs,
  {
    name = "web",
    opts,
    ...options
  }: RecorderOptions & { name?: string; opts?: pulumi.ComponentResourceOptions } = {},
): Promise<RecordedGroup> {
  const made: LoadBalancedGroup[] = [];
  const recording = await record(() => made.push(new LoadBalancedGroup(name, args, opts)), options);
  return { ...recording, group: made[0] };
}

/** The reasons in a message, without the sentence before them. */
export const reasonsOf = (message = "") =>
  message
    .replace(/^invalid arguments for LoadBalancedGroup 'web': /, "")
    .replace(/^\d+ problems:\n/, "")
    .split("\n")
    .map((line) => line.replace(/^ {2}- /, ""));
