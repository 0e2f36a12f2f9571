import type { ProblemCode } from "../../components/checks";
import { CERTIFICATE } from "../support/exampleArgs";
import { guide, PORT, OTHER_PROTOCOLS } from "./limits";
import { bad, maps, type ArgumentTable } from "./table";

const healthCheck = (check: unknown) => ({ targetGroup: { healthCheck: check } });
const FUNCTION = "arn:aws:lambda:us-west-2:123456789012:function:api";
const functionGroup = (settings: object) => ({
  targetGroup: { targetType: "lambda", ...settings },
  targets: { api: { id: FUNCTION } },
});
const grpc = (check: object) => ({
  certificateArn: CERTIFICATE,
  targetGroup: { protocolVersion: "GRPC", healthCheck: check },
});
const inHealthCheck = (path: string, code: ProblemCode, check: object, ...says: string[]) =>
  bad(`targetGroup.healthCheck.${path}`, code, healthCheck(check), ...says);
const ofFunction = (path: string, code: ProblemCode, check: object, ...says: string[]) =>
  bad(
    `targetGroup.healthCheck.${path}`,
    code,
    { targetGroup: { targetType: "lambda", healthCheck: check } },
    ...says,
  );
const mapsCheck = (setting: string, value: unknown, expected = value, beside = {}) =>
  maps(
    `targetGroup.healthCheck.${setting}`,
    value,
    `web-tg healthCheck.${setting}`,
    expected,
    beside,
  );

/** How the targets are checked. */
export const HEALTH_CHECKS: ArgumentTable = {
  good: [
    ["the shortest interval", healthCheck({ interval: 5, timeout: 4 })],
    ["the longest interval", healthCheck({ interval: 300, timeout: 120 })],
    ["the longest path", healthCheck({ path: `/${"x".repeat(1023)}` })],
    ["a path of encoded characters", healthCheck({ path: "/a%20b/%C3%A4~!'()*" })],
    ["a path with a query", healthCheck({ path: "/health?deep=1" })],
    ["a port of its own", healthCheck({ port: 65535 })],
    ["the lowest code", healthCheck({ matcher: "200" })],
    ["a list of codes", healthCheck({ matcher: "200,202,499" })],
    ["a range of codes", healthCheck({ matcher: "200-499" })],
    ["gRPC", grpc({ path: "/grpc.health.v1.Health/Check", matcher: "0-99" })],
    ["health checks of a function", functionGroup({ healthCheck: { enabled: true, path: "/x" } })],
    ["no health checks of a function", functionGroup({ healthCheck: { enabled: false } })],
    ["health checks of servers", { targetGroup: { healthCheck: { enabled: true } } }],
  ],
  bad: [
    inHealthCheck(
      "port",
      "type",
      { port: "traffic-port" },
      "remove it to check each target on the port",
    ),
    inHealthCheck(
      "path",
      "format",
      { path: "health" },
      'starts with "/"',
      '"health"',
      "without a protocol",
    ),
    inHealthCheck("path", "format", { path: "" }, 'starts with "/"'),
    inHealthCheck("path", "format", { path: "/a b" }, "without spaces", "a%20b"),
    inHealthCheck("path", "format", { path: "/\u00e4" }, "printable ASCII"),
    inHealthCheck("path", "format", { path: "/a\r\nHost: b" }, "printable ASCII"),
    bad("targetGroup.healthCheck.path", "format", grpc({ path: "/a.b /c" }), "/package.service"),
    inHealthCheck("path", "format", { path: `/${"x".repeat(1024)}` }, "1 to 1024"),
    inHealthCheck(
      "timeout",
      "conflict",
      { timeout: 5 },
      "fewer seconds than healthCheck.interval",
      "5",
      "longer interval",
    ),
    inHealthCheck(
      "timeout",
      "conflict",
      { timeout: 30, interval: 30 },
      "fewer seconds than healthCheck.interval",
      "30",
    ),
    inHealthCheck("matcher", "type", { matcher: 200 }, "200 to 499", "got 200"),
    inHealthCheck("matcher", "format", { matcher: "199" }, "200 to 499"),
    inHealthCheck("matcher", "format", { matcher: "500" }, "200 to 499"),
    inHealthCheck("matcher", "format", { matcher: "200, 202" }, "without spaces"),
    inHealthCheck("matcher", "format", { matcher: "299-200" }, "200 to 499"),
    inHealthCheck("matcher", "format", { matcher: "200-" }, "200 to 499"),
    inHealthCheck(
      "enabled",
      "conflict",
      { enabled: false },
      "must be true",
      "only Lambda functions",
    ),
    bad("targetGroup.healthCheck.path", "format", grpc({ path: "/" }), "/package.service/method"),
    bad("targetGroup.healthCheck.matcher", "format", grpc({ matcher: "200" }), "0 to 99"),
    ofFunction("port", "conflict", { port: 80 }),
    ofFunction("protocol", "conflict", { protocol: "HTTP" }),
    ofFunction("timeout", "conflict", { interval: 30 }, "is 30 seconds", "got 30"),
    ofFunction("timeout", "conflict", { timeout: 35 }, "which is 35 by default", "got 35"),
  ],
  mappings: [
    mapsCheck("enabled", true, true, {
      instanceIds: undefined,
      targetGroup: { targetType: "lambda" },
    }),
    mapsCheck("path", "/up"),
    mapsCheck("port", 9000, "9000"),
    mapsCheck("protocol", "HTTPS"),
    mapsCheck("interval", 30),
    mapsCheck("timeout", 3),
    mapsCheck("healthyThreshold", 4),
    mapsCheck("unhealthyThreshold", 6),
    mapsCheck("matcher", "204"),
  ],
  limits: [
    {
      args: ["targetGroup.healthCheck.port"],
      source: { documented: PORT, page: guide("target-group-health-checks") },
    },
    {
      args: ["targetGroup.healthCheck.protocol"],
      emulator: ["targetGroup.healthCheck.protocol"],
      source: { model: "CreateTargetGroupInput.HealthCheckProtocol", except: OTHER_PROTOCOLS },
    },
    {
      args: ["targetGroup.healthCheck.interval"],
      emulator: ["targetGroup.healthCheck.interval"],
      source: { model: "CreateTargetGroupInput.HealthCheckIntervalSeconds" },
    },
    {
      args: ["targetGroup.healthCheck.timeout"],
      emulator: ["targetGroup.healthCheck.timeout"],
      source: { model: "CreateTargetGroupInput.HealthCheckTimeoutSeconds" },
    },
    {
      args: ["targetGroup.healthCheck.healthyThreshold"],
      emulator: ["targetGroup.healthCheck.healthyThreshold"],
      source: { model: "CreateTargetGroupInput.HealthyThresholdCount" },
    },
    {
      args: ["targetGroup.healthCheck.unhealthyThreshold"],
      emulator: ["targetGroup.healthCheck.unhealthyThreshold"],
      source: { model: "CreateTargetGroupInput.UnhealthyThresholdCount" },
    },
  ],
  lengths: [
    {
      args: ["targetGroup.healthCheck.path"],
      model: "CreateTargetGroupInput.HealthCheckPath",
      text: (length) => "/".repeat(length),
    },
  ],
};
