/**
 * Handles Ctrl-C and similar signals. The first signal stops the operations cleanly; a second one ends this process.
 *
 * In a terminal, Ctrl-C also reaches the engines, which then stop cleanly. A second signal would make them stop
 * before their current calls to AWS have ended. So only signals that don't reach them are forwarded.
 */
export class Interruption {
  private readonly forwarded = new AbortController();
  private readonly all = new AbortController();

  static listen(): Interruption {
    const interruption = new Interruption();
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(name, () => {
        interruption.onSignal(name === "SIGINT" && process.stdin.isTTY);
      });
    }
    return interruption;
  }

  /** Aborted when a signal must be forwarded to the engines. */
  get signal(): AbortSignal {
    return this.forwarded.signal;
  }

  /** Aborted at any signal. */
  get anySignal(): AbortSignal {
    return this.all.signal;
  }

  get hasAnySignal(): boolean {
    return this.all.signal.aborted;
  }

  private onSignal(isForAllProcesses: boolean): void {
    if (this.hasAnySignal) process.exit(4);
    process.stderr.write(
      "stopping after AWS has finished its current operations (Ctrl+C again stops at once)\n",
    );
    this.all.abort();
    if (!isForAllProcesses) this.forwarded.abort();
  }
}
