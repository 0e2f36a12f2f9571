import { randomBytes } from "node:crypto";

/** A resource id as EC2 makes them: the kind's prefix and 17 hexadecimal digits. */
export function ec2Id(prefix: "i" | "lt" | "sg" | "sgr"): string {
  return `${prefix}-0${randomBytes(8).toString("hex")}`;
}
