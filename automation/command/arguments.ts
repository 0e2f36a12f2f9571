import { parseArgs } from "node:util";

/** The verbs of the command. */
export const VERBS = ["preview", "up", "drift", "status", "recover", "destroy"] as const;
export type Verb = (typeof VERBS)[number];

/** A parsed command line. */
export interface Request {
  readonly verb: Verb;
  readonly environments: readonly string[];
  readonly json: boolean;
  readonly concurrency: number;
  /** In milliseconds. */
  readonly timeLimit: number | undefined;
  /** How long `up` waits for healthy targets before it switches requests to them, in milliseconds. */
  readonly switchTimeLimit: number | undefined;
  readonly confirmed: boolean;
  readonly continueOnFailure: boolean;
}

/** The command line is not valid. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const USAGE = `load-balanced-group VERB ENVIRONMENT...

Each environment is a file Pulumi.<ENVIRONMENT>.yaml in this folder.

  preview   what up would do
  up        deploys
  drift     what was changed outside of Pulumi since the last up
  status    its URL, its last operation, and the health of its targets in AWS
  recover   adds to the state what an interrupted update left in AWS; up and destroy do so
            themselves
  destroy   deletes what was deployed

  --concurrency N       the number of environments at a time; default 4
  --time-limit SECONDS  the time limit of each environment; default none
  --switch-when-healthy SECONDS
                        up sends requests to another target group only when its targets
                        are healthy, and fails if they are not within this time; by
                        default, it does not wait
  --continue            continues with the others if one fails
  --yes                 destroys without confirmation
  --json                one JSON document at the end, and nothing else
  --version, --help

Exit code, the first that applies: 1 failed; 3 locked by another update; 4 cancelled, or not finished in time;
2 wrong usage or configuration; 6 status found targets that are not healthy; 5 drift found a difference; 0 success.
`;

const OPTIONS = {
  json: { type: "boolean" },
  concurrency: { type: "string" },
  "time-limit": { type: "string" },
  "switch-when-healthy": { type: "string" },
  yes: { type: "boolean" },
  continue: { type: "boolean" },
  help: { type: "boolean" },
  version: { type: "boolean" },
} as const;

/**
 * Reads the command line.
 *
 * @throws UsageError
 */
export function readArguments(
  args: readonly string[],
  known: readonly string[],
): Request | "help" | "version" {
  const { values, positionals } = parse(args);
  if (values.help) return "help";
  if (values.version) return "version";
  const verb = positionals.at(0);
  const environments = positionals.slice(1);
  const chosen = VERBS.find((one) => one === verb);
  if (chosen === undefined) {
    const what = verb === undefined ? "the command is missing" : `there is no command ${verb}`;
    throw new UsageError(`${what}; use one of ${VERBS.join(", ")}`);
  }
  const there =
    known.length === 0
      ? "this folder has no file Pulumi.<ENVIRONMENT>.yaml, so create one, or run the command in the folder that " +
        "has it"
      : `this folder has the environments ${known.join(", ")}`;
  if (environments.length === 0) throw new UsageError(`list at least one environment; ${there}`);
  const unknown = environments.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(`there is no Pulumi.${unknown[0]}.yaml; ${there}`);
  }
  const timeLimit = positive("time-limit", values["time-limit"]);
  const switchTimeLimit = positive("switch-when-healthy", values["switch-when-healthy"]);
  if (switchTimeLimit !== undefined && chosen !== "up") {
    throw new UsageError(`--switch-when-healthy is for up, and not for ${chosen}`);
  }
  return {
    verb: chosen,
    environments: [...new Set(environments)],
    json: values.json ?? false,
    concurrency: positive("concurrency", values.concurrency) ?? 4,
    timeLimit: timeLimit && timeLimit * 1000,
    switchTimeLimit: switchTimeLimit && switchTimeLimit * 1000,
    confirmed: values.yes ?? false,
    continueOnFailure: values.continue ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function positive(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^[1-9]\d*$/.test(value)) {
    throw new UsageError(`--${option} must be a whole number of at least 1, got ${value}`);
  }
  return Number(value);
}
