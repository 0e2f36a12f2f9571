import type { EngineEvent, OpType, StepEventMetadata } from "@pulumi/pulumi/automation";
import { changeOf, nameOf, type ResourceChange } from "./changes";

/** What can be done with an environment. */
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
  | "destroy"
  | "remove";

/** How many resources by what is done with them: "create", "update", "same" and so on. */
export type Counts = Readonly<Partial<Record<OpType, number>>>;

/** One resource's beginning or end. */
export interface ProgressEvent {
  readonly environment: string;
  readonly operation: OperationName;
  readonly resource: { readonly urn: string; readonly type: string; readonly name: string };
  /** What is done with it. */
  readonly change: OpType;
  readonly phase: "started" | "done" | "failed";
  /** Those that are done, this one included. */
  readonly counts: Counts;
  /** How many are done. */
  readonly done: number;
  /** How many there will be, where that is known: from a preview, or else from the state. */
  readonly expected: number | undefined;
}

/** Steps of the engine that are parts of a replacement, told beside its creation and deletion. */
const PARTS: readonly string[] = ["replace", "discard-replaced", "read-discard"];

/** Follows the events of one operation. */
export class Progress {
  readonly changes: ResourceChange[] = [];
  readonly warnings: string[] = [];
  /** The engine's errors, each with the URN of its resource. */
  readonly errors: { readonly message: string; readonly urn: string | undefined }[] = [];
  /** How many resources there will be, once that is known. */
  expected: number | undefined;
  /** Whether the engine told how the operation ended. */
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
    if (resOpFailedEvent) this.step(resOpFailedEvent.metadata, "failed");
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
    // Providers are the engine's own. A component is told again when it has its outputs.
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
   * What differs outside is known when a resource has been read; what is to be done, before it is.
   */
  private get phaseOfChanges(): ProgressEvent["phase"] {
    return this.operation === "refresh" || this.operation === "drift" ? "done" : "started";
  }
}

export function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Without the engine's marks for colours. */
function plain(message: string): string {
  return message.replace(/<\{%[^%]*%\}>/g, "");
}
