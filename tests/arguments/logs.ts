import { bad, maps, type ArgumentTable } from "./table";

/** What is logged, and for how long it is kept. */
export const LOGS: ArgumentTable = {
  good: [
    ["access logs", { accessLogs: { bucket: "my.logs-1", prefix: "production/web" } }],
    ["logs without a bucket", { accessLogs: {}, connectionLogs: { prefix: "web" } }],
    ["logs that are turned off", { healthCheckLogs: { bucket: "logs", enabled: false } }],
    [
      "logs that are kept for the shortest time",
      { accessLogs: { bucket: "logs" }, healthCheckLogs: {}, logExpirationDays: 1 },
    ],
    ["a bucket of 63 characters", { accessLogs: { bucket: "a".repeat(63) } }],
  ],
  bad: [
    bad("accessLogs", "type", { accessLogs: "logs" }, '"logs"', "bucket, prefix, enabled"),
    bad(
      "logExpirationDays",
      "conflict",
      { logExpirationDays: 30 },
      "none is created",
      "remove logExpirationDays",
    ),
    bad(
      "logExpirationDays",
      "conflict",
      { accessLogs: { bucket: "logs" }, logExpirationDays: 30 },
      "none is created",
    ),
    bad(
      "accessLogs.bucket",
      "format",
      { accessLogs: { bucket: "s3://logs" } },
      '"s3://logs"',
      "not its ARN",
    ),
    bad("accessLogs.bucket", "format", { accessLogs: { bucket: "ab" } }, "3 to 63"),
    bad("accessLogs.bucket", "format", { accessLogs: { bucket: "a".repeat(64) } }, "3 to 63"),
    bad("accessLogs.bucket", "format", { accessLogs: { bucket: "a..b" } }, '"a..b"'),
    bad(
      "accessLogs.prefix",
      "format",
      { accessLogs: { bucket: "logs", prefix: "/web" } },
      "slash",
      '"/web"',
    ),
    bad(
      "accessLogs.prefix",
      "format",
      { accessLogs: { bucket: "logs", prefix: "AWSLogs/x" } },
      "AWSLogs",
    ),
  ],
  mappings: [
    ...["accessLogs", "connectionLogs", "healthCheckLogs"].flatMap((logs) => [
      maps(`${logs}.bucket`, "logs", `web-alb ${logs}.bucket`),
      maps(`${logs}.prefix`, "web", `web-alb ${logs}.prefix`),
      maps(`${logs}.enabled`, false, `web-alb ${logs}.enabled`),
    ]),
    maps("logExpirationDays", 30, "web-logs-lifecycle rules[0].expiration.days", 30, {
      accessLogs: {},
    }),
  ],
  limits: [
    {
      args: ["logExpirationDays"],
      source: {
        own: { min: 1, max: 2 ** 31 - 1 },
        because: "Amazon S3 takes any positive number of 32 bits",
      },
    },
  ],
};
