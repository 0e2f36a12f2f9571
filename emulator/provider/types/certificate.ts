import { KEY_ALGORITHMS } from "../../aws";
import { during, unlessGone } from "../awsCalls";
import { COMPUTED_TAGS, given, type Shape, TAGS, textOf, textsOf } from "../properties";
import { type Aws, type ResourceType } from "../resourceType";
import { type Properties } from "../values";
import { createTagged, tagState, updateTags } from "./tagged";

const INPUTS: Shape = {
  domainName: { kind: "string", required: true, forceNew: true },
  subjectAlternativeNames: { kind: "set", computed: true, forceNew: true, with: "domainName" },
  keyAlgorithm: { kind: "string", computed: true, forceNew: true, values: KEY_ALGORITHMS },
  validationMethod: { kind: "string", required: true, forceNew: true, values: ["DNS"] },
  ...TAGS,
};

const OPTION: Shape = {
  domainName: { kind: "string" },
  resourceRecordName: { kind: "string" },
  resourceRecordType: { kind: "string" },
  resourceRecordValue: { kind: "string" },
};

/** A certificate of AWS Certificate Manager that is proven by DNS. */
export const certificate: ResourceType = {
  token: "aws:acm/certificate:Certificate",
  inputs: INPUTS,
  outputs: {
    arn: { kind: "string" },
    status: { kind: "string" },
    domainValidationOptions: { kind: "blocks", properties: OPTION },
    ...COMPUTED_TAGS,
  },

  async create(inputs, aws) {
    const { acm, calls } = aws;
    const domainName = given(textOf(inputs, "domainName"), "domainName");
    const names = [domainName, ...textsOf(inputs, "subjectAlternativeNames")];
    const request = createTagged(
      aws,
      inputs,
      () => acm.request(names, textOf(inputs, "keyAlgorithm")),
      (requested) => requested.certificateArn,
    );
    const requested = await during(
      "requesting ACM Certificate",
      calls.acm("RequestCertificate", request),
    );
    return { id: requested.certificateArn };
  },

  async read(id, _state, aws) {
    const { acm, calls } = aws;
    const found = await unlessGone(
      "ResourceNotFoundException",
      calls.acm("DescribeCertificate", () => acm.describe(id)),
    );
    return found && { ...stateOf(id, aws), ...tagState(id, aws) };
  },

  async update(id, olds, news, aws) {
    await updateTags(id, olds, news, aws, "acm");
  },

  async delete(id, _state, { acm, calls, tags }) {
    const remove = () =>
      calls.acm("DeleteCertificate", () => {
        acm.delete(id);
      });
    await during(
      `deleting ACM Certificate (${id})`,
      unlessGone("ResourceNotFoundException", calls.repeated("ResourceInUseException", remove)),
    );
    tags.forget(id);
  },
};

function stateOf(id: string, { acm }: Aws): Properties {
  const found = acm.describe(id);
  return {
    arn: id,
    domainName: found.domainNames[0],
    subjectAlternativeNames: [...found.domainNames],
    keyAlgorithm: found.keyAlgorithm ?? "RSA_2048",
    validationMethod: "DNS",
    status: found.status,
    domainValidationOptions: acm.validations(found).map((one) => ({
      domainName: one.domainName,
      resourceRecordName: one.recordName,
      resourceRecordType: one.recordType,
      resourceRecordValue: one.recordValue,
    })),
  };
}
