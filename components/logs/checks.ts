import type { LogsArgs } from "../args";
import { DEFAULTS } from "../args/defaults";
import * as checks from "../checks";

/** The limit of S3. */
const MAX_EXPIRATION_DAYS = 2 ** 31 - 1;

const logs = checks.object<LogsArgs>(
  {
    bucket: checks.text(
      "the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at " +
        "both ends, and without two dots in a row",
      (value) => /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value),
      "use the bucket's name, not its ARN or a URL",
    ),
    prefix: checks.text(
      'a path without "AWSLogs" and without a slash at either end',
      (value) => value !== "" && !value.includes("AWSLogs") && !/^\/|\/$/.test(value),
      'write it like "production/web", or remove it to use the root of the bucket; AWS adds "/AWSLogs/<account>" itself',
    ),
    enabled: checks.flag(),
  },
  {
    defaults: DEFAULTS.Logs,
    otherNames: {
      expirationDays:
        "write logExpirationDays in the arguments of the component instead, for the bucket that it creates",
    },
  },
);

/** The checks of the logs and of their expiration. */
export function logsChecks() {
  return {
    accessLogs: logs,
    connectionLogs: logs,
    healthCheckLogs: logs,
    logExpirationDays: checks.whole(1, MAX_EXPIRATION_DAYS, "days"),
  };
}

const expiryOfOwnBucket: checks.Relation = {
  properties: ["logExpirationDays"],
  check({ logExpirationDays, ...args }, at) {
    const logs = [args.accessLogs, args.connectionLogs, args.healthCheckLogs];
    const someWithoutBucket = logs.some(
      (one) => one !== undefined && checks.valueAt(one, "bucket") === undefined,
    );
    if (logExpirationDays === undefined || someWithoutBucket) return;
    at.key("logExpirationDays").reportRemoval(
      "conflict",
      "applies only to a log bucket that this component creates, and here none is created; remove " +
        "logExpirationDays, or set accessLogs, connectionLogs or healthCheckLogs without a bucket",
    );
  },
};

export const logsRelations = [expiryOfOwnBucket];
