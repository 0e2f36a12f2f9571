import type { OutputMap } from "@pulumi/pulumi/automation";
import { valueAt } from "../components/rules";
import { NotFoundError } from "./errors";
import type { Outputs } from "./operations";

/** The program's outputs by their types; secret ones are "[secret]". */
export function readOutputs(environment: string, outputs: OutputMap): Outputs {
  if (!("dnsName" in outputs)) {
    throw new NotFoundError(environment, "outputs", "nothing is deployed");
  }
  const read = (key: string): unknown => {
    const output = key in outputs ? outputs[key] : undefined;
    return output?.secret ? "[secret]" : output?.value;
  };
  const text = (key: string) => String(read(key));
  return {
    url: text("url"),
    dnsName: text("dnsName"),
    zoneId: text("zoneId"),
    loadBalancerArn: text("loadBalancerArn"),
    targetGroupArn: text("targetGroupArn"),
    listenerArns: texts(read("listenerArns")),
    securityGroupId: read("securityGroupId") === undefined ? undefined : text("securityGroupId"),
    vpcId: text("vpcId"),
    subnetIds: Object.values(texts(read("subnetIds"))),
  };
}

function texts(value: unknown): Record<string, string> {
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  return Object.fromEntries(keys.map((key) => [key, String(valueAt(value, key))]));
}
