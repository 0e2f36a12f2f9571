/**
 * What Ctrl-C and the like lead to: environments end cleanly, and a second one ends this process.
 *
 * In a terminal the engines hear Ctrl-C too, and end by themselves; told again, they would leave what
 * they are doing undone. So only what they don't hear is handed on to them.
 */
export class Interruption {
  private readonly forwarded = new AbortController();
  private readonly all = new AbortController();

  /** Listens to the process's signals. */
  static listen(): Interruption {
    const interruption = new Interruption();
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(name, () => {
        interruption.onSignal(name === "SIGINT" && process.stdin.isTTY);
      });
    }
    return interruption;
  }

  /** Aborted when the engines are to end. */
  get signal(): AbortSignal {
    return this.forwarded.signal;
  }

  /** Aborted when anything came. */
  get anySignal(): AbortSignal {
    return this.all.signal;
  }

  get hasAnySignal(): boolean {
    return this.all.signal.aborted;
  }

  private onSignal(isForAllProcesses: boolean): void {
    // Whoever asks twice does not want to wait.
    if (this.hasAnySignal) process.exit(4);
    process.stderr.write(
      "stopping after AWS has finished its current operations (again: stops at once)\n",
    );
    this.all.abort();
    if (!isForAllProcesses) this.forwarded.abort();
  }
}
