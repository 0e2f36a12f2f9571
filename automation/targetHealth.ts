import { setTimeout as pause } from "node:timers/promises";
import type * as elbv2 from "@aws-sdk/client-elastic-load-balancing-v2";
import { MAIN } from "../components/plan/targetGroups";
import { type AwsAccess, clientConfig } from "./awsClient";

/** The health of one target, as AWS reports it. */
export interface TargetHealth {
  /** The key of its target group; "default" for the main one. */
  readonly targetGroup: string;
  /** The ID of the instance, an IP address, or the ARN of a Lambda function. */
  readonly id: string;
  readonly port: number;
  /** The zone, if the target was registered with one. */
  readonly availabilityZone: string | undefined;
  /** "healthy", "initial", "unhealthy", "unused", "draining" and so on. */
  readonly state: string;
  /** AWS's code for the state, such as "Target.Timeout"; undefined for a healthy target. */
  readonly reason: string | undefined;
  /** AWS's description of the reason. */
  readonly description: string | undefined;
  /** What to check; undefined for a healthy target. */
  readonly advice: string | undefined;
}

/** The target groups whose health is read, and the access to AWS. */
export interface HealthQuery extends AwsAccess {
  /** By the keys of the target groups. */
  readonly targetGroupArns: Readonly<Record<string, string>>;
  /** How many targets a target group must have, by its key. Without a number, one is enough. */
  readonly minimumTargets?: Readonly<Record<string, number>>;
  readonly signal?: AbortSignal;
}

/** A target group that has fewer targets than it must have. */
export interface TooFewTargets {
  /** The key of the target group; "default" for the main one. */
  readonly targetGroup: string;
  /** The number of its targets, except ones that are being deregistered. */
  readonly registered: number;
  readonly minimum: number;
}

/** A target on one line: "i-1:80 is unhealthy (Target.Timeout: Request timed out); ...". */
export function describeTarget(target: TargetHealth): string {
  const { id, port, state, reason, description, advice, targetGroup } = target;
  const why = [reason, description].filter((one) => one !== undefined).join(": ");
  const which = targetGroup === MAIN ? "" : ` of ${targetGroup}`;
  return `${id}:${port}${which} is ${state}${why && ` (${why})`}${advice === undefined ? "" : `; ${advice}`}`;
}

/**
 * Reads the health of the targets of target groups from AWS.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html
 *
 * @throws the SDK's own errors.
 */
export async function readTargetHealth(query: HealthQuery): Promise<TargetHealth[]> {
  return withReader(query, (read) => read());
}

/** The time between two calls to AWS, which is the shortest interval of health checks. */
const PAUSE_MILLISECONDS = 5000;

/**
 * Reads the targets' health until all are healthy or the time limit, in milliseconds, is over. Returns the last
 * reading.
 */
export async function awaitHealth(
  query: HealthQuery,
  timeLimit: number,
  interval = PAUSE_MILLISECONDS,
): Promise<readonly TargetHealth[]> {
  const end = performance.now() + timeLimit;
  return withReader(query, async (read) => {
    for (;;) {
      const targets = await read();
      const left = end - performance.now();
      const isDone =
        targets.every(isHealthy) && groupsWithTooFewTargets(targets, query).length === 0;
      if (isDone || left <= 0) return targets;
      await pause(Math.min(interval, left), undefined, { signal: query.signal });
    }
  });
}

/** Whether a target is not being deregistered. */
export const isStaying = ({ state }: TargetHealth): boolean => !state.endsWith("draining");

/** Whether a target is healthy, is being deregistered, or has no health checks, as a Lambda function may. */
export function isHealthy({ state, reason }: TargetHealth): boolean {
  return (
    state === "healthy" || state.endsWith("draining") || reason === "Target.HealthCheckDisabled"
  );
}

/** The target groups that have too few targets. */
export function groupsWithTooFewTargets(
  targets: readonly TargetHealth[],
  { targetGroupArns, minimumTargets = {} }: Pick<HealthQuery, "targetGroupArns" | "minimumTargets">,
): TooFewTargets[] {
  const staying = targets.filter(isStaying);
  return Object.keys(targetGroupArns)
    .map((targetGroup) => ({
      targetGroup,
      registered: staying.filter((one) => one.targetGroup === targetGroup).length,
      minimum: minimumTargets[targetGroup] ?? 1,
    }))
    .filter(({ registered, minimum }) => registered < minimum);
}

type Read = () => Promise<TargetHealth[]>;

/** Does the work with one client, which keeps the credentials of roles that it has assumed. */
async function withReader<T>(query: HealthQuery, work: (read: Read) => Promise<T>): Promise<T> {
  const { targetGroupArns, signal } = query;
  // Loaded only here, because most programs never read the targets' health.
  const { ElasticLoadBalancingV2Client, DescribeTargetHealthCommand } =
    await import("@aws-sdk/client-elastic-load-balancing-v2");
  const client = new ElasticLoadBalancingV2Client(await clientConfig(query));
  const ofGroup = async ([targetGroup, arn]: [string, string]): Promise<TargetHealth[]> => {
    const command = new DescribeTargetHealthCommand({ TargetGroupArn: arn });
    const { TargetHealthDescriptions = [] } = await client.send(command, { abortSignal: signal });
    return TargetHealthDescriptions.map((one) => healthOf(one, targetGroup));
  };
  try {
    return await work(async () =>
      (await Promise.all(Object.entries(targetGroupArns).map(ofGroup))).flat(),
    );
  } finally {
    client.destroy();
  }
}

function healthOf(description: elbv2.TargetHealthDescription, targetGroup: string): TargetHealth {
  const { Target, TargetHealth } = description;
  const reason = TargetHealth?.Reason;
  return {
    targetGroup,
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
  "Elb.InitialHealthChecking": "wait: its first health checks are in progress",
  "Elb.InternalError":
    "this is an error on the side of AWS; if it continues, check the AWS Health Dashboard",
  "Target.ResponseCodeMismatch":
    "request the health check's path from the server, and check whether the health check's matcher includes " +
    "the status code of the response",
  "Target.Timeout":
    "the server responds too slowly, or a security group or network ACL blocks the load balancer: check the " +
    "server's response time, and allow the traffic",
  "Target.FailedHealthChecks":
    "nothing listens on the health check's port, the connection fails, or the response is not valid: " +
    "check whether the server is running, and whether it uses the health check's protocol",
  "Target.NotRegistered":
    "it was deregistered outside of Pulumi: update the state with refresh(), or with pulumi refresh --stack <ENVIRONMENT>, then run up",
  "Target.NotInUse":
    "no listener or rule forwards to its target group, or the load balancer is not in the target's zone: forward to " +
    "the target group, or add the zone to the load balancer",
  "Target.InvalidState":
    "the instance is stopped or terminated: if it is stopped, start it; otherwise remove it from the arguments",
  "Target.IpUnusable": "the address belongs to a load balancer: register the address of a server",
  "Target.DeregistrationInProgress": "it is being deregistered and finishes its requests",
  "Target.HealthCheckDisabled": "its target group has no health checks",
};
