import { during } from "../awsCalls";
import { flagOf, given, textOf, textsOf } from "../properties";
import { certificate } from "../types/certificate";
import { type ProviderFunction, ID, only } from "./providerFunction";

/** A certificate by its domain. The real function finds by tags and types too. */
export const getCertificate: ProviderFunction = {
  token: "aws:acm/getCertificate:getCertificate",
  inputs: {
    domain: { kind: "string", required: true },
    statuses: { kind: "set" },
    keyTypes: { kind: "set" },
    mostRecent: { kind: "boolean" },
  },
  outputs: { ...ID, ...certificate.inputs, ...certificate.outputs },
  async invoke(args, aws) {
    const { acm, calls } = aws;
    const domain = given(textOf(args, "domain"), "domain");
    const statuses = args.statuses === undefined ? ["ISSUED"] : textsOf(args, "statuses");
    const keyTypes = args.keyTypes === undefined ? undefined : textsOf(args, "keyTypes");
    const found = await during(
      "reading ACM Certificates",
      calls.acm("ListCertificates", () => acm.find(domain, statuses, keyTypes)),
    );
    const chosen = flagOf(args, "mostRecent") ? found.slice(-1) : found;
    const { certificateArn } = only("ACM Certificate", chosen);
    return { ...(await certificate.read(certificateArn, {}, aws)), id: certificateArn };
  },
};
