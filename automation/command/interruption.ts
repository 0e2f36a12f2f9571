/**
 * What Ctrl-C and the like lead to: environments end cleanly, and a second one ends this process.
 *
 * In a terminal the engines hear Ctrl-C too, and end by themselves; told again, they would leave what
 * they are doing undone. So only what they don't hear is handed on to them.
 */
export class Interruption {
  private readonly handedOn = new AbortController();
  private readonly any = new AbortController();

  /** Listens to the process's signals. */
  static listen(): Interruption {
    const interruption = new Interruption();
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(name, () => {
        interruption.come(name === "SIGINT" && process.stdin.isTTY);
      });
    }
    return interruption;
  }

  /** Aborted when the engines are to end. */
  get signal(): AbortSignal {
    return this.handedOn.signal;
  }

  /** Aborted when anything came. */
  get came(): AbortSignal {
    return this.any.signal;
  }

  get hasCome(): boolean {
    return this.any.signal.aborted;
  }

  private come(heardByAll: boolean): void {
    // Whoever asks twice does not want to wait.
    if (this.hasCome) process.exit(4);
    process.stderr.write(
      "stopping after AWS has finished its current operations (again: stops at once)\n",
    );
    this.any.abort();
    if (!heardByAll) this.handedOn.abort();
  }
}
