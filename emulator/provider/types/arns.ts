import { EmulatedEc2 } from "../../ec2/ec2";

/** The part of an ARN that CloudWatch knows a load balancer or target group by. */
export function arnSuffix(arn: string): string {
  const resource = arn.split(":").slice(5).join(":");
  return resource.replace(/^loadbalancer\//, "");
}

export function ec2Arn(ec2: EmulatedEc2, resource: string): string {
  return `arn:aws:ec2:${ec2.region}:${ec2.accountId}:${resource}`;
}
