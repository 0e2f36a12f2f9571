import { isRecord, strings, valueAt } from "../shared/guards";

/** Where logs are to be written. */
interface Destination {
  readonly bucket: string;
  /** How the keys of the logs start; undefined if it is not known. */
  readonly key: string | undefined;
  readonly account: string;
}

/**
 * Whether a bucket's policy may let Elastic Load Balancing write logs: as the service, or, as in older policies, as
 * an account of AWS. Conditions, and what is excluded by `Not...`, are taken to let it.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html.
 */
export function policyMayLet(policy: string, destination: Destination): boolean {
  if (policy === "") return false;
  const statements = statementsIn(policy);
  return statements === undefined || statements.some((one) => mayLet(one, destination));
}

function mayLet(statement: unknown, { bucket, key, account }: Destination): boolean {
  if (!isRecord(statement) || statement.Effect !== "Allow") return false;
  const { Principal: principal, Action: action, Resource: resource } = statement;
  return (
    (principal === undefined || isLoadBalancing(principal, account)) &&
    (action === undefined ||
      listed(action).some((one) => fits("s3:putobject", one.toLowerCase()))) &&
    (resource === undefined ||
      key === undefined ||
      listed(resource).some((one) => mayInclude(resourceIn(one), `${bucket}/${key}`)))
  );
}

function isLoadBalancing(principal: unknown, account: string): boolean {
  if (principal === "*") return true;
  const services = listed(valueAt(principal, "Service"));
  const accounts = listed(valueAt(principal, "AWS"));
  return (
    services.some((one) => /^logdelivery\.(elasticloadbalancing|elb)\./.test(one)) ||
    accounts.some((one) => one === "*" || !one.includes(account))
  );
}

/** The part of an ARN after the partition: `logs/AWSLogs/*`. */
const resourceIn = (arn: string) => arn.replace(/^arn:[^:]*:s3:::/, "");

/** Whether a pattern may match keys that start like this. What follows its first wildcard is not compared. */
function mayInclude(pattern: string, start: string): boolean {
  const wildcard = pattern.search(/[*?]/);
  const known = wildcard === -1 ? pattern : pattern.slice(0, wildcard);
  return known.startsWith(start) || (wildcard !== -1 && start.startsWith(known));
}

function fits(text: string, pattern: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "s").test(text);
}

function listed(value: unknown): string[] {
  return typeof value === "string" ? [value] : strings(value);
}

function statementsIn(policy: string): unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(policy);
    const statements = valueAt(parsed, "Statement");
    if (!Array.isArray(statements)) return [statements];
    const all: unknown[] = statements;
    return all;
  } catch {
    return undefined;
  }
}
