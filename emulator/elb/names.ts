import { AwsError } from "../aws";

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
