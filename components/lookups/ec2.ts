import { getAvailabilityZones } from "@pulumi/aws/getAvailabilityZones";
import { getAmiIds } from "@pulumi/aws/autoscaling/getAmiIds";
import { getInstances } from "@pulumi/aws/ec2/getInstances";
import { textsAt } from "./answers";
import type { Lookups } from "./lookups";

/*
 * Instances are looked up with filters, because one call then finds many of them. EC2 accepts 200 filter
 * values in a call, and leaves out instances that don't exist instead of failing.
 */
const MAX_IDS_PER_CALL = 180;

/** Amazon EC2 Auto Scaling accepts 50 names in a call, and leaves out groups that don't exist. */
const MAX_NAMES_PER_CALL = 50;

export const INSTANCE_STATES = [
  "pending",
  "running",
  "stopping",
  "stopped",
  "shutting-down",
  "terminated",
];

/** Lookups in EC2 and its Auto Scaling. They give undefined if a call fails. */
export interface Ec2Lookups {
  /** The instances that are in one of the states and match the filters. */
  instances(
    ids: string[],
    states: string[],
    filters?: Readonly<Record<string, string[]>>,
  ): Promise<Set<string> | undefined>;
  zones(): Promise<string[] | undefined>;
  /** Those of the Auto Scaling groups that exist. */
  autoScalingGroups(names: readonly string[]): Promise<Set<string> | undefined>;
}

export function ec2Lookups(lookups: Lookups): Ec2Lookups {
  async function page(ids: string[], states: string[], filters: Record<string, string[]>) {
    const named = Object.entries({ "instance-id": ids, ...filters });
    const answer = await lookups.optional("instances", () =>
      getInstances(
        {
          filters: named.map(([filter, values]) => ({ name: filter, values })),
          instanceStateNames: states,
        },
        lookups.options,
      ),
    );
    return textsAt(answer, "ids");
  }
  // The SDK's name of this function is wrong: it finds Auto Scaling groups.
  async function autoScalingPage(names: string[]) {
    const answer = await lookups.optional("autoScalingGroups", () =>
      getAmiIds({ names }, lookups.options),
    );
    return textsAt(answer, "names");
  }
  return {
    async instances(ids, states, filters = {}) {
      const pages: Promise<string[] | undefined>[] = [];
      for (let start = 0; start < ids.length; start += MAX_IDS_PER_CALL) {
        pages.push(page(ids.slice(start, start + MAX_IDS_PER_CALL), states, { ...filters }));
      }
      const answers = (await Promise.all(pages)).filter((answer) => answer !== undefined);
      return answers.length < pages.length ? undefined : new Set(answers.flat());
    },
    async autoScalingGroups(names) {
      const pages: Promise<string[] | undefined>[] = [];
      for (let start = 0; start < names.length; start += MAX_NAMES_PER_CALL) {
        pages.push(autoScalingPage(names.slice(start, start + MAX_NAMES_PER_CALL)));
      }
      const answers = (await Promise.all(pages)).filter((answer) => answer !== undefined);
      return answers.length < pages.length ? undefined : new Set(answers.flat());
    },
    async zones() {
      const answer = await lookups.optional("zones", () =>
        getAvailabilityZones({}, lookups.options),
      );
      return textsAt(answer, "names");
    },
  };
}
