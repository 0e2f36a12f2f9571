import { execFile } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** An activity under way, as Temporal describes it. */
export interface Pending {
  readonly attempt?: number;
  /** The worker's process and host: "123@name". */
  readonly lastWorkerIdentity?: string;
}

/** A workflow, as Temporal describes it. */
interface Description {
  readonly workflowExecutionInfo: {
    readonly historyLength: string;
    readonly historySizeBytes: string;
  };
  readonly pendingActivities?: readonly Pending[];
}

/** An event of a workflow's history. */
interface Event {
  readonly eventId: string;
  readonly activityTaskScheduledEventAttributes?: {
    readonly activityType: { readonly name: string };
    readonly input: { readonly payloads: readonly { readonly data: string }[] };
  };
  readonly activityTaskStartedEventAttributes?: {
    readonly scheduledEventId: string;
    readonly attempt: number;
    readonly lastFailure?: { readonly applicationFailureInfo?: { readonly type: string } };
  };
}

/** What Temporal knows of a fleet, asked of its command line. */
export class History {
  constructor(
    private readonly command: string,
    private readonly address: string,
    private readonly fleet: string,
  ) {}

  /** Its activities that are under way. */
  async pending(): Promise<readonly Pending[]> {
    return (await this.describe()).pendingActivities ?? [];
  }

  /** Resolves when an activity is tried for the so-manieth time. Temporal tells nobody, so it is asked. */
  async attempt(number: number): Promise<void> {
    const isReached = ({ attempt }: Pending) => Number(attempt) >= number;
    while (!(await this.pending()).some(isReached)) await pause(200);
  }

  /** How many events and bytes it has. */
  async size(): Promise<{ events: number; bytes: number }> {
    const { historyLength, historySizeBytes } = (await this.describe()).workflowExecutionInfo;
    return { events: Number(historyLength), bytes: Number(historySizeBytes) };
  }

  /** All of it as text, with what is encoded in it. */
  async text(): Promise<string> {
    return JSON.stringify(await this.events(), (key, value: unknown) =>
      key === "data" ? decoded(String(value)) : value,
    );
  }

  /** The activities that ended, such as "deploy dev: attempt 2 after aws". */
  async attempts(): Promise<string[]> {
    const events = await this.events();
    const names = new Map(events.map((event) => [event.eventId, nameOf(event)]));
    return events.flatMap(({ activityTaskStartedEventAttributes: started }) => {
      if (started === undefined) return [];
      const { scheduledEventId, attempt, lastFailure } = started;
      const kind = lastFailure?.applicationFailureInfo?.type ?? "silence";
      const after = lastFailure ? ` after ${kind}` : "";
      return [`${names.get(scheduledEventId) ?? ""}: attempt ${attempt}${after}`];
    });
  }

  private async describe(): Promise<Description> {
    return (await this.ask("describe")) as Description;
  }

  private async events(): Promise<readonly Event[]> {
    return ((await this.ask("show")) as { events: Event[] }).events;
  }

  private async ask(verb: string): Promise<unknown> {
    const which = ["--workflow-id", this.fleet, "--address", this.address];
    const args = ["workflow", verb, ...which, "--output", "json"];
    const { stdout } = await run(this.command, args, { maxBuffer: 2 ** 26 });
    return JSON.parse(stdout);
  }
}

function nameOf({ activityTaskScheduledEventAttributes: scheduled }: Event): string {
  if (scheduled === undefined) return "";
  const [options] = scheduled.input.payloads;
  const { name } = JSON.parse(decoded(options.data)) as { name: string };
  return `${scheduled.activityType.name} ${name}`;
}

const decoded = (data: string) => Buffer.from(data, "base64").toString();
