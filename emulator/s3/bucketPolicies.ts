import { AwsError } from "../aws";

/** A statement of a bucket's policy, as far as it counts for what services write. */
export interface Statement {
  readonly service: string;
  readonly resources: readonly string[];
}

/** The statements that let services write to the bucket; all others concern people. */
export function parsePolicy(text: string, bucket: string): Statement[] {
  return statementsIn(text).flatMap((statement) => {
    const resources = listed(statement.Resource);
    if (resources.some((arn) => arn.split("/")[0] !== `arn:aws:s3:::${bucket}`)) {
      throw malformed("Policy has invalid resource");
    }
    const { Effect, Action, Principal } = statement;
    const service = isRecord(Principal) ? Principal.Service : undefined;
    const writes = Effect === "Allow" && listed(Action).includes("s3:PutObject");
    return writes && typeof service === "string" ? [{ service, resources }] : [];
  });
}

/** Whether the service may write to the object with this ARN. */
export function allows(policy: readonly Statement[], service: string, arn: string): boolean {
  return policy.some(
    (statement) =>
      statement.service === service && statement.resources.some((pattern) => fits(arn, pattern)),
  );
}

function fits(arn: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(arn);
}

function statementsIn(text: string): Record<string, unknown>[] {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw malformed("Policies must be valid JSON and the first byte must be '{'");
  }
  const statements: unknown[] =
    isRecord(policy) && Array.isArray(policy.Statement) ? policy.Statement : [];
  if (statements.length === 0) {
    throw malformed("Missing required field Statement");
  }
  return statements.filter(isRecord);
}

const malformed = (message: string) => new AwsError("MalformedPolicy", message);

function listed(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one) => typeof one === "string");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
