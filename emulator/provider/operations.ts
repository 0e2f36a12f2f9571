/** What the engine has the provider do with a resource. */
export type OperationKind = "create" | "update" | "delete";

/** One of the engine's changes; a preview's are not among them. */
export interface ResourceOperation {
  readonly kind: OperationKind;
  readonly urn: string;
  readonly startedAt: Date;
  endedAt?: Date;
  /** Why it failed, if it did. */
  error?: string;
}

/** The changes of one run of the engine, from the first one until the engine leaves. */
export interface EngineRun {
  readonly startedAt: Date;
  endedAt?: Date;
  readonly operations: ResourceOperation[];
}

/** How many changes of a run are kept. */
const MOST = 2000;

/** What the engine is doing now, or was doing last. */
export class Operations {
  private readonly subscribers: (() => void)[] = [];
  private readonly connections = new Set<symbol>();
  private run: EngineRun | undefined;

  /** The run that goes on, or the last one. */
  get last(): EngineRun | undefined {
    return this.run;
  }

  onChange(subscriber: () => void): void {
    this.subscribers.push(subscriber);
  }

  /** Follows a change until it is done. */
  async follow<T>(
    connection: symbol,
    kind: OperationKind,
    urn: string,
    change: () => Promise<T>,
  ): Promise<T> {
    const operation: ResourceOperation = { kind, urn, startedAt: new Date() };
    this.began(connection).operations.push(operation);
    this.changed();
    try {
      return await change();
    } catch (error) {
      operation.error = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      operation.endedAt = new Date();
      this.changed();
    }
  }

  /** The engine has left; its run is over with its last connection. */
  left(connection: symbol): void {
    if (!this.connections.delete(connection) || this.connections.size > 0) return;
    if (this.run !== undefined) this.run.endedAt = new Date();
    this.changed();
  }

  private began(connection: symbol): EngineRun {
    this.connections.add(connection);
    if (this.run === undefined || this.run.endedAt !== undefined) {
      this.run = { startedAt: new Date(), operations: [] };
    }
    const { operations } = this.run;
    operations.splice(0, operations.length - MOST + 1);
    return this.run;
  }

  private changed(): void {
    for (const subscriber of this.subscribers) subscriber();
  }
}
