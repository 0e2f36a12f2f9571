import { isDeepStrictEqual } from "node:util";
import type { LaunchTemplate, LaunchTemplateData } from "../../ec2/launchTemplates";
import { physicalName } from "../autoname";
import { during, unlessGone } from "../awsCalls";
import { COMPUTED_TAGS, given, integerOf, type Shape, TAGS, textOf, textsOf } from "../properties";
import { type Aws, type ResourceType } from "../resourceType";
import { isEmpty, type Properties } from "../values";
import { ec2Arn } from "../../ec2/ids";
import { createTagged, tagState, updateTags } from "./tagged";

/** What makes no difference to the servers of the emulator. */
const OTHERS: Shape = {
  description: { kind: "string" },
  ebsOptimized: { kind: "string" },
  iamInstanceProfile: {
    kind: "block",
    properties: { arn: { kind: "string" }, name: { kind: "string" } },
  },
  keyName: { kind: "string" },
  metadataOptions: {
    kind: "block",
    computed: true,
    properties: {
      httpEndpoint: { kind: "string", computed: true, values: ["enabled", "disabled"] },
      httpTokens: { kind: "string", computed: true, values: ["optional", "required"] },
      httpPutResponseHopLimit: { kind: "integer", computed: true, range: [1, 64] },
    },
  },
  monitoring: { kind: "block", properties: { enabled: { kind: "boolean" } } },
  tagSpecifications: {
    kind: "blocks",
    properties: { resourceType: { kind: "string" }, tags: { kind: "map" } },
  },
};

/** Of these every version has its own. */
const DATA: Shape = {
  imageId: { kind: "string" },
  instanceType: { kind: "string" },
  userData: { kind: "string" },
  vpcSecurityGroupIds: { kind: "set" },
  ...OTHERS,
};

const INPUTS: Shape = {
  name: { kind: "string", computed: true, forceNew: true, fault: nameFault },
  namePrefix: { kind: "string", computed: true, forceNew: true },
  ...DATA,
  defaultVersion: { kind: "integer", computed: true, range: [1, Number.MAX_SAFE_INTEGER] },
  updateDefaultVersion: { kind: "boolean" },
  ...TAGS,
};

const LONGEST_NAME = 128;

export const launchTemplate: ResourceType = {
  token: "aws:ec2/launchTemplate:LaunchTemplate",
  inputs: INPUTS,
  outputs: { arn: { kind: "string" }, latestVersion: { kind: "integer" }, ...COMPUTED_TAGS },
  longestName: LONGEST_NAME,

  renewed: (olds, news) => (isNewVersion(olds, news) ? ["latestVersion"] : []),

  async create(inputs, aws) {
    const { ec2, calls } = aws;
    const name = physicalName(inputs);
    const create = createTagged(
      aws,
      inputs,
      () => ec2.launchTemplates.create(name, dataOf(inputs)),
      ({ launchTemplateId }) => launchTemplateId,
    );
    const { launchTemplateId: id } = await during(
      `creating EC2 Launch Template (${name})`,
      calls.ec2("CreateLaunchTemplate", create),
    );
    return { id };
  },

  async read(id, state, aws) {
    const found = await unlessGone(
      "InvalidLaunchTemplateId.NotFound",
      aws.calls.ec2("DescribeLaunchTemplates", () => aws.ec2.launchTemplates.describe(id)),
    );
    if (found === undefined) return undefined;
    const { updateDefaultVersion } = state;
    return { ...stateOf(found, aws), updateDefaultVersion, ...tagState(id, aws) };
  },

  async update(id, olds, news, aws) {
    const { ec2, calls } = aws;
    if (isNewVersion(olds, news)) {
      await during(
        `creating EC2 Launch Template (${id}) Version`,
        calls.ec2("CreateLaunchTemplateVersion", () =>
          ec2.launchTemplates.createVersion(id, dataOf(news)),
        ),
      );
    }
    const { versions } = ec2.launchTemplates.describe(id);
    const named = integerOf(news, "defaultVersion");
    const version = news.updateDefaultVersion === true ? versions.length : named;
    if (version !== undefined && version !== olds.defaultVersion) {
      await during(
        `updating EC2 Launch Template (${id})`,
        calls.ec2("ModifyLaunchTemplate", () => {
          ec2.launchTemplates.setDefaultVersion(id, version);
        }),
      );
    }
    await updateTags(id, olds, news, aws, "ec2");
  },

  async delete(id, _state, { ec2, calls, tags }) {
    const deletion = calls.ec2("DeleteLaunchTemplate", () => {
      ec2.launchTemplates.delete(id);
    });
    await during(
      `deleting Launch Template (${id})`,
      unlessGone("InvalidLaunchTemplateId.NotFound", deletion),
    );
    tags.forget(id);
  },
};

function isNewVersion(olds: Properties, news: Properties): boolean {
  return Object.keys(DATA).some(
    (key) =>
      !(isEmpty(olds[key]) && isEmpty(news[key])) && !isDeepStrictEqual(olds[key], news[key]),
  );
}

function dataOf(inputs: Properties): LaunchTemplateData {
  return {
    imageId: textOf(inputs, "imageId") ?? "",
    instanceType: textOf(inputs, "instanceType") ?? "",
    userData: textOf(inputs, "userData"),
    securityGroupIds: textsOf(inputs, "vpcSecurityGroupIds"),
    others: Object.fromEntries(Object.keys(OTHERS).map((key) => [key, inputs[key]])),
  };
}

function stateOf(template: LaunchTemplate, { ec2 }: Aws): Properties {
  const { launchTemplateId, launchTemplateName, defaultVersion, versions } = template;
  const { others, securityGroupIds, ...data } = given(versions.at(-1), "the latest version");
  return {
    ...others,
    ...data,
    vpcSecurityGroupIds: [...securityGroupIds],
    arn: ec2Arn(ec2, `launch-template/${launchTemplateId}`),
    name: launchTemplateName,
    defaultVersion,
    latestVersion: versions.length,
  };
}

function nameFault(name: string): string | undefined {
  return /^[A-Za-z0-9()./_-]{3,128}$/.test(name)
    ? undefined
    : `to have 3 to 128 letters, digits and ().-/_, got ${name}`;
}
