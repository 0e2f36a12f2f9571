import { getCallerIdentity, type GetCallerIdentityResult } from "@pulumi/aws/getCallerIdentity";
import type * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs, LogsArgs } from "./args";
import { createLogBucket } from "./logBucket";

/** The load balancer's logs, and what they can't be turned on without. */
export interface Logs {
  readonly settings: Pick<lb.LoadBalancerArgs, Kind>;
  readonly ready: pulumi.Resource[];
}

const KINDS = ["accessLogs", "connectionLogs", "healthCheckLogs"] as const;
type Kind = (typeof KINDS)[number];

/** Sends the logs to the buckets that they name, the others to one that is made for them. */
export function createLogs(
  name: string,
  args: LoadBalancedGroupArgs,
  parent: pulumi.Resource,
): Logs {
  const asked = KINDS.flatMap((kind) => {
    const logs = args[kind];
    return logs === undefined ? [] : [{ kind, logs }];
  });
  const homeless = asked.filter(({ logs }) => logs.bucket === undefined);
  if (homeless.length === 0) return { settings: settingsOf(asked), ready: [] };
  const paths = deliveryPaths(
    homeless.map(({ logs }) => logs),
    parent,
  );
  const made = createLogBucket(name, args, paths, parent);
  return { settings: settingsOf(asked, made.bucket.bucket), ready: [made.policy] };
}

function settingsOf(
  asked: { kind: Kind; logs: LogsArgs }[],
  made: pulumi.Input<string> = "",
): Logs["settings"] {
  return Object.fromEntries(
    asked.map(({ kind, logs: { bucket = made, prefix, enabled } }) => [
      kind,
      { bucket, prefix, enabled },
    ]),
  );
}

/** The paths under which Elastic Load Balancing writes for this account, and for no other. */
function deliveryPaths(logs: LogsArgs[], parent: pulumi.Resource): pulumi.Output<string[]> {
  // Only a mock answers without an account; then all of them may write.
  const asked: Promise<Partial<GetCallerIdentityResult>> = getCallerIdentity({}, { parent });
  const account = asked.then(({ accountId = "*" }) => accountId);
  return pulumi.all([account, logs.map(({ prefix }) => prefix)]).apply(([id, prefixes]) => {
    const folders = prefixes.map((prefix) => (prefix === undefined ? "" : `${prefix}/`));
    return [...new Set(folders)].map((folder) => `${folder}AWSLogs/${id}/*`);
  });
}
