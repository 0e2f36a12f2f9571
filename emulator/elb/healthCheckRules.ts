import { AwsError, type HealthCheck } from "../aws";

const LOWEST_CODE = 200;
const HIGHEST_CODE = 499;

/** The ranges of codes in a matcher such as "200", "200,202" or "200-299"; undefined if malformed. */
function ranges(matcher: string): [number, number][] | undefined {
  const parts = matcher.split(",").map((part) => /^(\d{3})(?:-(\d{3}))?$/.exec(part.trim()));
  const read: [number, number][] = [];
  for (const part of parts) {
    if (part === null) {
      return undefined;
    }
    read.push([Number(part[1]), Number(part.at(2) ?? part[1])]);
  }
  return read;
}

export const matches = (matcher: string, code: number) =>
  (ranges(matcher) ?? []).some(([from, to]) => code >= from && code <= to);

const isPort = (port: string) =>
  /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535;

/** Refuses a health check that AWS would refuse. */
export function checkHealthCheck(check: HealthCheck): void {
  const demand = (holds: boolean, message: string) => {
    if (!holds) {
      throw new AwsError("ValidationError", message);
    }
  };
  const within = (what: string, value: number, from: number, to: number) => {
    demand(
      Number.isInteger(value) && value >= from && value <= to,
      `${what} '${value}' must be between '${from}' and '${to}'`,
    );
  };
  within("Health check interval", check.intervalSeconds, 5, 300);
  within("Health check timeout", check.timeoutSeconds, 2, 120);
  within("Health check healthy threshold count", check.healthyThresholdCount, 2, 10);
  within("Health check unhealthy threshold count", check.unhealthyThresholdCount, 2, 10);
  demand(
    check.timeoutSeconds < check.intervalSeconds,
    "Health check interval must be greater than the timeout.",
  );
  demand(
    check.path.startsWith("/") && check.path.length <= 1024,
    `Health check path '${check.path}' must begin with a '/' and have at most 1024 characters`,
  );
  demand(
    /^[!-~]*$/.test(check.path),
    `Health check path '${check.path}' can only contain printable ASCII characters, without spaces`,
  );
  demand(
    check.port === "traffic-port" || isPort(check.port),
    `Health check port '${check.port}' must be 'traffic-port' or between '1' and '65535'`,
  );
  const codes = ranges(check.matcher);
  demand(
    codes !== undefined &&
      codes.every(([from, to]) => from >= LOWEST_CODE && to <= HIGHEST_CODE && from <= to),
    `Health check matcher HTTP code '${check.matcher}' must be within ` +
      `'${LOWEST_CODE}-${HIGHEST_CODE}'`,
  );
}
