import { randomBytes } from "node:crypto";

/** A resource id as EC2 makes them: the kind's prefix and 17 hexadecimal digits. */
export function ec2Id(prefix: "i" | "lt" | "sg" | "sgr"): string {
  return `${prefix}-0${randomBytes(8).toString("hex")}`;
}

/** The ARN of a resource of EC2, for instance of `vpc/vpc-1`. */
export function ec2Arn(
  { region, accountId }: { readonly region: string; readonly accountId: string },
  resource: string,
): string {
  return `arn:aws:ec2:${region}:${accountId}:${resource}`;
}
