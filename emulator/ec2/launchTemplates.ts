import { AwsError } from "../aws";
import { ec2Id } from "./ids";

/**
 * What instances are launched with. No image is booted here and no user data is run: a sample server
 * answers in their place.
 */
export interface LaunchTemplateData {
  /** Empty where it is left to who launches. */
  readonly imageId: string;
  readonly instanceType: string;
  readonly securityGroupIds: readonly string[];
  readonly userData?: string;
  /** What makes no difference here. */
  readonly others: Readonly<Record<string, unknown>>;
}

export interface LaunchTemplate {
  readonly launchTemplateId: string;
  readonly launchTemplateName: string;
  defaultVersion: number;
  /** The first one is version 1. */
  readonly versions: LaunchTemplateData[];
}

/** The launch templates of an account. */
export class LaunchTemplates {
  private readonly templates: LaunchTemplate[] = [];

  create(launchTemplateName: string, data: LaunchTemplateData): LaunchTemplate {
    checkUserData(data);
    if (this.templates.some((one) => one.launchTemplateName === launchTemplateName)) {
      throw new AwsError(
        "InvalidLaunchTemplateName.AlreadyExistsException",
        "Launch template name already in use.",
      );
    }
    const launchTemplateId = ec2Id("lt");
    const template = { launchTemplateId, launchTemplateName, defaultVersion: 1, versions: [data] };
    this.templates.push(template);
    return template;
  }

  createVersion(id: string, data: LaunchTemplateData): number {
    checkUserData(data);
    return this.describe(id).versions.push(data);
  }

  setDefaultVersion(id: string, version: number): void {
    const template = this.describe(id);
    this.version(template, String(version));
    template.defaultVersion = version;
  }

  describe(id: string): LaunchTemplate {
    const found = this.templates.find((one) => one.launchTemplateId === id);
    if (found !== undefined) return found;
    throw new AwsError(
      "InvalidLaunchTemplateId.NotFound",
      `The specified launch template, with template ID ${id}, does not exist.`,
    );
  }

  describeAll(): LaunchTemplate[] {
    return [...this.templates];
  }

  /** The version that a number, `$Latest` or `$Default` stands for. */
  version({ launchTemplateId, versions, defaultVersion }: LaunchTemplate, version: string): number {
    if (version === "$Latest") return versions.length;
    if (version === "$Default") return defaultVersion;
    const number = Number(version);
    if (Number.isInteger(number) && number >= 1 && number <= versions.length) return number;
    throw new AwsError(
      "InvalidLaunchTemplateId.VersionNotFound",
      `Could not find the specified version ${version} for the launch template with ID ${launchTemplateId}.`,
    );
  }

  /** Groups that were made with it stay; they launch nothing any more. */
  delete(id: string): void {
    this.templates.splice(this.templates.indexOf(this.describe(id)), 1);
  }
}

function checkUserData({ userData = "" }: LaunchTemplateData): void {
  if (Buffer.from(userData, "base64").toString("base64") === userData) return;
  throw new AwsError("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data.");
}
