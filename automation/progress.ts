import type {
  EngineEvent,
  OpType,
  StepEventMetadata,
  StepEventStateMetadata,
} from "@pulumi/pulumi/automation";
import { changeOf, nameOf, type ResourceChange } from "./changes";

/** The operations of an environment. */
export type OperationName =
  | "open"
  | "preview"
  | "up"
  | "refresh"
  | "drift"
  | "outputs"
  | "health"
  | "history"
  | "cancel"
  | "recover"
  | "destroy"
  | "remove";

/** The operations that people run by these names. */
const VERBS: readonly OperationName[] = ["preview", "up", "refresh", "drift", "destroy"];

/** What to do to repeat an operation, after "then" or a comma. */
export function again(operation: OperationName): string {
  return VERBS.includes(operation) ? `run ${operation} again` : "try again";
}

/** The number of resources for each kind of change: "create", "update", "same" and so on. */
export type Counts = Readonly<Partial<Record<OpType, number>>>;

/** The start or the end of the operation on one resource. */
export interface ProgressEvent {
  readonly environment: string;
  readonly operation: OperationName;
  readonly resource: { readonly urn: string; readonly type: string; readonly name: string };
  /** The kind of change. */
  readonly change: OpType;
  readonly phase: "started" | "done" | "failed";
  /** The resources that are done, including this one. */
  readonly counts: Counts;
  /** The number of resources that are done. */
  readonly done: number;
  /** The expected number of resources, from a preview or else from the state; undefined if unknown. */
  readonly expected: number | undefined;
}

/** Steps of a replacement for which the engine also sends events for creation and deletion. */
const PARTS: readonly string[] = ["replace", "discard-replaced", "read-discard"];

/** Collects the events of one operation. */
export class Progress {
  readonly changes: ResourceChange[] = [];
  readonly warnings: string[] = [];
  /** The engine's errors, each with the URN of its resource. */
  readonly errors: { readonly message: string; readonly urn: string | undefined }[] = [];
  /** The resources whose creation failed, as the engine describes them. */
  readonly failedCreations: StepEventStateMetadata[] = [];
  /** The expected number of resources, when it is known. */
  expected: number | undefined;
  /** Whether the engine sent its last event. */
  hasEnded = false;
  private readonly counted: Partial<Record<OpType, number>> = {};
  private readonly done = new Set<string>();

  constructor(
    private readonly environment: string,
    private readonly operation: OperationName,
    private readonly clean: (text: string) => string,
    private readonly tell: (event: ProgressEvent) => void = () => undefined,
  ) {}

  get counts(): Counts {
    return { ...this.counted };
  }

  follow(event: EngineEvent): void {
    const { resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent } = event;
    if (event.summaryEvent) this.hasEnded = true;
    if (resourcePreEvent) this.step(resourcePreEvent.metadata, "started");
    if (resOutputsEvent) this.step(resOutputsEvent.metadata, "done");
    if (resOpFailedEvent) {
      const { metadata } = resOpFailedEvent;
      this.step(metadata, "failed");
      if (metadata.op.startsWith("create") && metadata.new) this.failedCreations.push(metadata.new);
    }
    if (diagnosticEvent) {
      const { severity, message, urn } = diagnosticEvent;
      const text = this.clean(plain(message));
      if (severity === "warning") this.warnings.push(text.trim());
      if (severity === "error")
        this.errors.push({ message: text, urn: urn === "" ? undefined : urn });
    }
  }

  private step(metadata: StepEventMetadata, phase: ProgressEvent["phase"]): void {
    const { op, urn, type } = metadata;
    const step = `${op} ${urn}`;
    // Providers are not resources of the program. A component has a second event when it has its outputs.
    if (PARTS.includes(op) || type.startsWith("pulumi:providers:") || this.done.has(step)) return;
    if (phase === this.phaseOfChanges) {
      const change = changeOf(metadata, this.clean);
      if (change !== undefined) this.changes.push(change);
    }
    if (phase === "done") {
      this.counted[op] = (this.counted[op] ?? 0) + 1;
      this.done.add(step);
    }
    const done = this.done.size;
    this.tell({
      environment: this.environment,
      operation: this.operation,
      resource: { urn, type, name: nameOf(urn) },
      change: op,
      phase,
      counts: this.counts,
      done,
      expected: this.expected === undefined ? undefined : Math.max(this.expected, done),
    });
  }

  /**
   * A refresh knows the differences after a resource was read; other operations know them before they start.
   */
  private get phaseOfChanges(): ProgressEvent["phase"] {
    return this.operation === "refresh" || this.operation === "drift" ? "done" : "started";
  }
}

export function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The message without the engine's color marks. */
function plain(message: string): string {
  return message.replace(/<\{%[^%]*%\}>/g, "");
}
