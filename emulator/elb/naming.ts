import { randomBytes } from "node:crypto";
import { type AccountServices, AwsError } from "../aws";

const LONGEST = 32;

/** The rules that names of load balancers and target groups share. */
export function checkName(kind: "load balancer" | "target group", name: string): void {
  const refuse = (rule: string) => {
    throw new AwsError("ValidationError", `The ${kind} name '${name}' ${rule}`);
  };
  if (name.length > LONGEST) {
    refuse(`cannot be longer than '${LONGEST}' characters`);
  }
  if (!/^[A-Za-z0-9-]+$/.test(name)) {
    refuse("can only contain characters that are alphanumeric characters and hyphens(-)");
  }
  if (name.startsWith("-") || name.endsWith("-")) {
    refuse("cannot begin or end with a hyphen(-)");
  }
  if (kind === "load balancer" && name.startsWith("internal-")) {
    refuse("cannot begin with 'internal-'");
  }
}

/** The 16 hexadecimal digits at the end of an ARN of Elastic Load Balancing. */
const uniqueId = () => randomBytes(8).toString("hex");

const arn = ({ region, accountId }: AccountServices, resource: string) =>
  `arn:aws:elasticloadbalancing:${region}:${accountId}:${resource}`;

export const targetGroupArn = (services: AccountServices, name: string) =>
  arn(services, `targetgroup/${name}/${uniqueId()}`);

export const loadBalancerArn = (services: AccountServices, name: string) =>
  arn(services, `loadbalancer/app/${name}/${uniqueId()}`);

export const ruleArn = (listener: string) =>
  `${listener.replace(":listener/", ":listener-rule/")}/${uniqueId()}`;

export const listenerArn = (loadBalancer: string) =>
  `${loadBalancer.replace(":loadbalancer/", ":listener/")}/${uniqueId()}`;

/** The part of an ARN that CloudWatch knows a load balancer or target group by. */
export function arnSuffix(arn: string): string {
  const resource = arn.split(":").slice(5).join(":");
  return resource.replace(/^loadbalancer\//, "");
}
