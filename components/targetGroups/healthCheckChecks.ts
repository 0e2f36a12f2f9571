import { Protocol, ProtocolVersion, TargetType, type HealthCheckArgs } from "../args";
import { DEFAULTS } from "../args/defaults";
import * as checks from "../checks";

/** The check of a target group's health check. It depends on the protocol version and the target type. */
export function healthCheckChecks(settings: unknown): checks.PlainCheck {
  const grpc = checks.valueAt(settings, "protocolVersion") === ProtocolVersion.GRPC;
  const isFunction = checks.valueAt(settings, "targetType") === TargetType.Lambda;
  const threshold = checks.whole(2, 10, "checks");
  return checks.object<HealthCheckArgs>(
    {
      enabled: isFunction ? checks.flag() : alwaysOn,
      path: grpc
        ? checks.text(
            'a gRPC method, "/package.service/method"',
            (value) => /^\/[^/]+\/[^/]+$/.test(value) && isPath(value),
            'remove it to use "/AWS.ALB/healthcheck"',
            { remove: true },
          )
        : checks.text(
            'a path of 1 to 1024 printable ASCII characters without spaces that starts with "/"',
            isPath,
            'write it like "/health", without a protocol or host, and encode other characters as in "/a%20b"',
          ),
      port: checks.port,
      protocol: checks.choice(Protocol),
      interval: checks.seconds(5, 300),
      timeout: checks.seconds(2, 120),
      healthyThreshold: threshold,
      unhealthyThreshold: threshold,
      matcher: grpc ? matcher("gRPC", 0, 99) : matcher("HTTP", 200, 499),
    },
    {
      relations: [timeoutBelowInterval(isFunction), ...(isFunction ? [functionHealthCheck] : [])],
      defaults: DEFAULTS.HealthCheck,
      otherNames: {
        successCodes: "write matcher instead",
        healthyHttpCodes: "write matcher instead",
        target: "write protocol, port and path instead",
      },
    },
  );
}

const isPath = (value: string) => /^\/[!-~]{0,1023}$/.test(value);

function matcher(what: string, min: number, max: number): checks.Check {
  return checks.text(
    `${what} codes from ${min} to ${max}, as a list or one range`,
    (value) => {
      const codes = value.split(/[-,]/).map(Number);
      const written = /^\d+(-\d+|(,\d+)*)$/.test(value);
      const [from = 0, to = 0] = codes;
      return (
        written &&
        codes.every((code) => code >= min && code <= max) &&
        (!value.includes("-") || from <= to)
      );
    },
    `write it like "${min}", "${min},${min + 2}" or "${min}-${max}", without spaces`,
  );
}

const alwaysOn: checks.Check = {
  accepts: { kind: "flag" },
  visit(value, at) {
    if (value !== true) {
      const must = "must be true, because only Lambda functions can be without health checks";
      at.report("conflict", must, value, "remove it", { remove: true });
    }
    return value;
  },
};

/** A Lambda function is invoked, so it has no port and no protocol. */
const functionHealthCheck: checks.Relation = {
  properties: [],
  check(check, at) {
    for (const key of ["port", "protocol"]) {
      if (check[key] === undefined) continue;
      at.key(key).reportRemoval("conflict", "does not apply to Lambda functions; remove it");
    }
  },
};

const timeoutBelowInterval = (isFunction: boolean): checks.Relation => ({
  properties: ["timeout", "interval"],
  check({ timeout = isFunction ? 30 : 2, interval: given }, at) {
    const interval = given ?? (isFunction ? 35 : 5);
    if (typeof timeout !== "number" || typeof interval !== "number" || !(timeout >= interval))
      return;
    at.key("timeout").report(
      "conflict",
      `must be fewer seconds than healthCheck.interval, which is ${at.formatted(interval)}${given === undefined ? " by default" : ""}`,
      timeout,
      `set a shorter timeout (the default is ${isFunction ? 30 : 2} seconds) or a longer interval`,
    );
  },
});
