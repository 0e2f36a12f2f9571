import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import type * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import type { LogsArgs } from "../args";
import type { Gate } from "../gate/gate";
import { createLogBucket } from "./bucket";
import { isMocked, textAt } from "../lookups/answers";
import type { Lookups } from "../lookups/lookups";
import type { Scope } from "../shared/scope";

/** The log settings of the load balancer, and the resources that must exist before they are set. */
export interface Logs {
  readonly settings: Pick<lb.LoadBalancerArgs, Kind>;
  readonly ready: pulumi.Resource[];
}

/** The arguments that describe logs. */
export const KINDS = ["accessLogs", "connectionLogs", "healthCheckLogs"] as const;
type Kind = (typeof KINDS)[number];

/** Creates one bucket for all logs that have none in the arguments. */
export function createLogs(scope: Scope, lookups: Lookups, gate: Gate): Logs {
  const { args } = scope;
  const requested = KINDS.flatMap((kind) => {
    const logs = args[kind];
    return logs === undefined ? [] : [{ kind, logs }];
  });
  const withoutBucket = requested.filter(({ logs }) => logs.bucket === undefined);
  if (withoutBucket.length === 0) return { settings: settingsOf(requested), ready: [] };
  const account = gate.required(pulumi.output(accountFor(withoutBucket[0].kind, lookups)));
  const paths = deliveryPaths(
    account,
    withoutBucket.map(({ logs }) => logs),
  );
  const created = createLogBucket(scope, paths);
  return { settings: settingsOf(requested, created.bucket.bucket), ready: [created.policy] };
}

/** The settings of all logs. Those that are off are sent too, to turn off those that were on. */
function settingsOf(
  requested: { kind: Kind; logs: LogsArgs }[],
  created: pulumi.Input<string> = "",
): Logs["settings"] {
  const off = { bucket: "", enabled: false };
  const settings = { accessLogs: off, connectionLogs: off, healthCheckLogs: off };
  return requested.reduce<Logs["settings"]>(
    (all, { kind, logs: { bucket = created, prefix, enabled } }) => ({
      ...all,
      [kind]: { bucket, prefix, enabled },
    }),
    settings,
  );
}

/** The account ID, which is part of the logs' paths. */
function accountFor(propertyPath: Kind, lookups: Lookups) {
  return lookups.required(
    "account",
    { propertyPath, what: "the account ID", instead: `set a bucket in ${propertyPath}` },
    () => getCallerIdentity({}, lookups.options),
    // With mocks, the policy allows all accounts.
    (answer) => textAt(answer, "accountId") ?? (isMocked() ? "*" : undefined),
  );
}

/** The paths to which Elastic Load Balancing writes the logs of this account. */
function deliveryPaths(account: pulumi.Output<string>, logs: LogsArgs[]): pulumi.Output<string[]> {
  return pulumi.all([account, logs.map(({ prefix }) => prefix)]).apply(([id, prefixes]) => {
    const folders = prefixes.map((prefix) => (prefix === undefined ? "" : `${prefix}/`));
    return [...new Set(folders)].map((folder) => `${folder}AWSLogs/${id}/*`);
  });
}
