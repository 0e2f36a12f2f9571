import { setTimeout as pause } from "node:timers/promises";
import type * as elbv2 from "@aws-sdk/client-elastic-load-balancing-v2";

/** One target's health, as AWS reports it. */
export interface TargetHealth {
  /** The instance's id, or an address. */
  readonly id: string;
  readonly port: number;
  /** Where the target was registered with one. */
  readonly availabilityZone: string | undefined;
  /** "healthy", "initial", "unhealthy", "unused", "draining" and so on. */
  readonly state: string;
  /** AWS's code for the state, such as "Target.Timeout"; undefined for a healthy target. */
  readonly reason: string | undefined;
  /** AWS's words for the reason. */
  readonly description: string | undefined;
  /** What to look at; undefined for a healthy target. */
  readonly advice: string | undefined;
}

/** Whose health is read, and with which credentials. */
export interface HealthQuery {
  readonly targetGroupArn: string;
  readonly region: string;
  /** Credentials and endpoint as AWS's SDKs name them; what is not here comes from the process's own. */
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A target on one line: "i-1:80 is unhealthy (Target.Timeout: Request timed out); ...". */
export function describeTarget(target: TargetHealth): string {
  const { id, port, state, reason, description, advice } = target;
  const why = [reason, description].filter((one) => one !== undefined).join(": ");
  return `${id}:${port} is ${state}${why && ` (${why})`}${advice === undefined ? "" : `; ${advice}`}`;
}

/**
 * Reads the health of a target group's targets from AWS.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html
 *
 * @throws the SDK's own errors.
 */
export async function readTargetHealth(query: HealthQuery): Promise<TargetHealth[]> {
  const { targetGroupArn, signal } = query;
  // Loaded here only: most users of environments never ask for health.
  const { ElasticLoadBalancingV2Client, DescribeTargetHealthCommand } =
    await import("@aws-sdk/client-elastic-load-balancing-v2");
  const client = new ElasticLoadBalancingV2Client(clientConfig(query));
  try {
    const command = new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn });
    const { TargetHealthDescriptions = [] } = await client.send(command, { abortSignal: signal });
    return TargetHealthDescriptions.map(healthOf);
  } finally {
    client.destroy();
  }
}

/** How often AWS is asked, which is the shortest interval of health checks. */
const PAUSE_MILLISECONDS = 5000;

/** Reads targets' health until all are healthy or the time, in milliseconds, is over: the last reading. */
export async function awaitHealth(
  query: HealthQuery,
  timeLimit: number,
  interval = PAUSE_MILLISECONDS,
): Promise<readonly TargetHealth[]> {
  const end = performance.now() + timeLimit;
  for (;;) {
    const targets = await readTargetHealth(query);
    const left = end - performance.now();
    if (areHealthy(targets) || left <= 0) return targets;
    await pause(Math.min(interval, left), undefined, { signal: query.signal });
  }
}

/** Whether there are targets and all are healthy, those that are leaving left aside. */
export function areHealthy(targets: readonly TargetHealth[]): boolean {
  const staying = targets.filter(({ state }) => !state.endsWith("draining"));
  return staying.length > 0 && staying.every(({ state }) => state === "healthy");
}

function healthOf(description: elbv2.TargetHealthDescription): TargetHealth {
  const { Target, TargetHealth } = description;
  const reason = TargetHealth?.Reason;
  return {
    id: Target?.Id ?? "",
    port: Target?.Port ?? 0,
    availabilityZone: Target?.AvailabilityZone,
    state: TargetHealth?.State ?? "unavailable",
    reason,
    description: TargetHealth?.Description,
    advice: reason && ADVICE[reason],
  };
}

/** By AWS's reason code. */
const ADVICE: Readonly<Partial<Record<string, string>>> = {
  "Elb.RegistrationInProgress": "wait: it is being registered",
  "Elb.InitialHealthChecking": "wait: its first checks are under way",
  "Elb.InternalError": "this is AWS's own fault; if it lasts, look at the AWS Health Dashboard",
  "Target.ResponseCodeMismatch":
    "ask the server for the health check's path, and look whether matcher has the code it answers with",
  "Target.Timeout":
    "the server answers too slowly, or a security group or network ACL drops the load balancer's packets",
  "Target.FailedHealthChecks":
    "nothing listens on the health check's port, or the connection is reset: look whether the server runs",
  "Target.NotRegistered": "it left the group; run up to register it again",
  "Target.NotInUse":
    "no listener forwards to its group, or its zone is not one of the load balancer's: waiting does not help",
  "Target.InvalidState": "the instance is stopped or terminated: start it, or take it out",
  "Target.IpUnusable": "the address belongs to a load balancer: register a server's",
  "Target.DeregistrationInProgress": "it is leaving the group and finishes its requests",
  "Target.HealthCheckDisabled": "its group has no health checks",
};

/** AWS's SDK reads the process's variables only, and each environment has its own. */
function clientConfig({ region, environmentVariables }: HealthQuery) {
  const own: Partial<Record<string, string>> = environmentVariables;
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = own;
  return {
    region,
    profile: own.AWS_PROFILE,
    endpoint: own.AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2 ?? own.AWS_ENDPOINT_URL,
    credentials:
      accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, sessionToken } : undefined,
  };
}
