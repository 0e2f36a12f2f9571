import { AwsError } from "../aws";

/** How many instances a group has, and how it launches them and checks their health. */
export interface GroupSettings {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  readonly subnetIds: readonly string[];
  readonly launchTemplate: { readonly id: string; readonly version: string };
  /** `ELB`: also by the health checks of its target groups. */
  readonly healthCheckType: string;
  /** For so many seconds a new instance may be unhealthy. */
  readonly healthCheckGracePeriod: number;
}

export type NewSettings = Omit<GroupSettings, "desiredCapacity"> &
  Partial<Pick<GroupSettings, "desiredCapacity">>;

export function newSettings(input: NewSettings): GroupSettings {
  return checked({ ...input, desiredCapacity: input.desiredCapacity ?? input.minSize });
}

/** Sizes that leave the group no room for its capacity move it, unless the capacity is given too. */
export function changedSettings(
  settings: GroupSettings,
  change: Partial<GroupSettings>,
): GroupSettings {
  const news = { ...settings, ...change };
  if (change.desiredCapacity !== undefined) return checked(news);
  const { minSize, maxSize, desiredCapacity } = news;
  return checked({
    ...news,
    desiredCapacity: Math.min(Math.max(desiredCapacity, minSize), maxSize),
  });
}

function checked(settings: GroupSettings): GroupSettings {
  const { minSize, maxSize, desiredCapacity, subnetIds } = settings;
  if (subnetIds.length === 0) {
    throw invalid("At least one Availability Zone or VPC Subnet is required.");
  }
  if (maxSize < minSize) {
    throw invalid(`Max bound, ${maxSize}, must be greater than or equal to min bound, ${minSize}`);
  }
  if (desiredCapacity < minSize || desiredCapacity > maxSize) {
    throw invalid(
      `Desired capacity:${desiredCapacity} must be between the specified min size:${minSize} ` +
        `and max size:${maxSize}`,
    );
  }
  return settings;
}

export const invalid = (message: string) => new AwsError("ValidationError", message);
