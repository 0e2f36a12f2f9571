import { randomBytes } from "node:crypto";
import type { Ec2 } from "../aws";

/** The 16 hexadecimal digits with which Elastic Load Balancing tells resources of one name apart. */
const uniqueId = () => randomBytes(8).toString("hex");

const arn = ({ region, accountId }: Ec2, resource: string) =>
  `arn:aws:elasticloadbalancing:${region}:${accountId}:${resource}`;

export const targetGroupArn = (ec2: Ec2, name: string) =>
  arn(ec2, `targetgroup/${name}/${uniqueId()}`);

export const loadBalancerArn = (ec2: Ec2, name: string) =>
  arn(ec2, `loadbalancer/app/${name}/${uniqueId()}`);

export const ruleArn = (listener: string) =>
  `${listener.replace(":listener/", ":listener-rule/")}/${uniqueId()}`;

export const listenerArn = (loadBalancer: string) =>
  `${loadBalancer.replace(":loadbalancer/", ":listener/")}/${uniqueId()}`;
