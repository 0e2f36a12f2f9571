import { AwsError } from "../../aws";
import { during } from "../awsCalls";
import { textOf } from "../properties";
import { type ProviderFunction, ID, REGION } from "./providerFunction";

/**
 * Quotas that an account may ask to have raised, by Service Quotas' codes.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const QUOTAS: readonly { quotaCode: string; quotaName: string; defaultValue: number }[] = [
  {
    quotaCode: "L-A0D0B863",
    quotaName: "Targets per Target Group per Region",
    defaultValue: 1000,
  },
  {
    quotaCode: "L-7E6692B2",
    quotaName: "Targets per Application Load Balancer",
    defaultValue: 1000,
  },
  { quotaCode: "L-7EED9B64", quotaName: "Rules per Application Load Balancer", defaultValue: 100 },
  {
    quotaCode: "L-9365A611",
    quotaName: "Certificates per Application Load Balancer",
    defaultValue: 25,
  },
  {
    quotaCode: "L-0EA8095F",
    quotaName: "Inbound or outbound rules per security group",
    defaultValue: 60,
  },
  { quotaCode: "L-FB94F0B0", quotaName: "Domain names per ACM certificate", defaultValue: 10 },
];

export const getCallerIdentity: ProviderFunction = {
  token: "aws:index/getCallerIdentity:getCallerIdentity",
  inputs: {},
  outputs: {
    ...ID,
    accountId: { kind: "string" },
    arn: { kind: "string" },
    userId: { kind: "string" },
  },
  async invoke(_args, { ec2: { accountId }, calls }) {
    const arn = `arn:aws:iam::${accountId}:user/emulator`;
    const identity = { accountId, arn, userId: "AIDAEMULATOR00000000" };
    const found = await during(
      "reading STS Caller Identity",
      calls.sts("GetCallerIdentity", () => identity),
    );
    return { ...found, id: accountId };
  },
};

export const getServerCertificate: ProviderFunction = {
  token: "aws:iam/getServerCertificate:getServerCertificate",
  inputs: { name: { kind: "string", required: true } },
  outputs: {
    ...ID,
    arn: { kind: "string" },
    expirationDate: { kind: "string" },
    path: { kind: "string" },
  },
  async invoke(args, { ec2, calls }) {
    const all = await during(
      "reading IAM Server Certificate: listing certificates",
      calls.iam("ListServerCertificates", () => ec2.serverCertificates()),
    );
    const name = textOf(args, "name");
    const found = all.find((certificate) => certificate.name === name);
    if (found === undefined) {
      throw new Error("Search for AWS IAM server certificate returned no results");
    }
    const { arn, path, expirationDate } = found;
    return { id: `ASCA${name}`, arn, path, name, expirationDate };
  },
};

export const getServiceQuota: ProviderFunction = {
  token: "aws:servicequotas/getServiceQuota:getServiceQuota",
  inputs: {
    serviceCode: { kind: "string", required: true, values: ["elasticloadbalancing", "vpc", "acm"] },
    quotaCode: { kind: "string", required: true },
  },
  outputs: {
    ...ID,
    adjustable: { kind: "boolean" },
    defaultValue: { kind: "integer" },
    quotaName: { kind: "string" },
    value: { kind: "integer" },
    ...REGION,
  },
  async invoke(args, { ec2, calls }) {
    const code = textOf(args, "quotaCode") ?? "";
    const service = textOf(args, "serviceCode") ?? "";
    const { quotaName, defaultValue } = await during(
      `getting Default Service Quota for (${service}/${code})`,
      calls.serviceQuotas("GetAWSDefaultServiceQuota", () => defaultQuota(code)),
    );
    const value = await calls.serviceQuotas("GetServiceQuota", () => ec2.raisedQuota(code));
    return {
      id: `arn:aws:servicequotas:${ec2.region}:${ec2.accountId}:${service}/${code}`,
      adjustable: true,
      defaultValue,
      quotaName,
      value: value ?? defaultValue,
      region: ec2.region,
    };
  },
};

function defaultQuota(code: string) {
  const found = QUOTAS.find(({ quotaCode }) => quotaCode === code);
  if (found === undefined) {
    const message = `The request failed because the specified quota ${code} does not exist.`;
    throw new AwsError("NoSuchResourceException", message);
  }
  return found;
}
