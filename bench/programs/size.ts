import { serverIds } from "../servers";

/** What a program makes: groups of the same servers, as many as the benchmark asks for. */
export const SERVERS = serverIds(numberIn("BENCH_SERVERS"));
export const GROUPS = Array.from(
  { length: numberIn("BENCH_GROUPS") },
  (_, index) => `web${index + 1}`,
);
/** The paths of the rules that each group has, by their priorities. */
export const RULES = Array.from({ length: numberIn("BENCH_RULES") }, (_, index) => ({
  priority: index + 1,
  path: `/service-${index + 1}/*`,
}));
/** The same rules as an argument of the component; undefined if there are none. */
export const RULE_ARGS =
  RULES.length === 0
    ? undefined
    : Object.fromEntries(
        RULES.map(({ priority, path }) => [
          `service${priority}`,
          { priority, pathPatterns: [path], fixedResponse: { statusCode: 404 } },
        ]),
      );
export const ZONES = ["us-west-2a", "us-west-2b"];

/** The longest that AWS allows: how long the emulator's health checks take is not what is measured. */
export const HEALTH_CHECK_INTERVAL = 300;

function numberIn(variable: string): number {
  const value = Number(process.env[variable]);
  if (!Number.isInteger(value)) throw new Error(`${variable} is not a number`);
  return value;
}
