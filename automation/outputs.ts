import type { OutputMap } from "@pulumi/pulumi/automation";
import type { DomainRecord } from "../components/args";
import { entriesOf, strings } from "../components/checks";
import { NotFoundError } from "./errors";
import type { Outputs } from "./operations";

/** The program's outputs in their types. A secret output is "[secret]". */
export function readOutputs(environment: string, outputs: OutputMap): Outputs {
  if (!("dnsName" in outputs)) {
    throw new NotFoundError(environment, "outputs", "nothing is deployed");
  }
  const read = (key: string): unknown => {
    const output = key in outputs ? outputs[key] : undefined;
    return output?.secret ? "[secret]" : output?.value;
  };
  const text = (key: string) => textOf(read(key)) ?? "";
  return {
    url: text("url"),
    dnsName: text("dnsName"),
    zoneId: text("zoneId"),
    loadBalancerArn: text("loadBalancerArn"),
    targetGroupArn: text("targetGroupArn") || undefined,
    targetGroupArns: texts(read("targetGroupArns")),
    targetGroupNames: texts(read("targetGroupNames")),
    listenerArns: texts(read("listenerArns")),
    ruleArns: texts(read("ruleArns")),
    domainRecords: records(read("domainRecords")),
    securityGroupId: text("securityGroupId") || undefined,
    vpcId: text("vpcId"),
    subnetIds: list(read("subnetIds")),
  };
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);

/** The strings of a list. A secret list is one string. */
function list(value: unknown): string[] {
  return textOf(value) === undefined ? strings(value) : [String(value)];
}

/** The DNS records of a list; none of a secret one. */
function records(value: unknown): DomainRecord[] {
  const known: unknown[] = Array.isArray(value) ? value : [];
  return known.map(texts).map(({ name = "", type = "", value: content = "" }) => ({
    name,
    type,
    value: content,
  }));
}

function texts(value: unknown): Record<string, string> {
  const known = entriesOf(value).map(([key, one]): [string, string] => [key, textOf(one) ?? ""]);
  return Object.fromEntries(known);
}
