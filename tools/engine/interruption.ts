const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs work that must clean up if the process gets a signal to end.
 *
 * The work's AbortSignal is aborted, and the work ends. Then the process ends as it would without this handler,
 * unless there is another handler of the signal.
 */
export async function interruptible(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  let received: NodeJS.Signals | undefined;
  const interrupt = (signal: NodeJS.Signals) => {
    received = signal;
    controller.abort(new Error(`interrupted by ${signal}`));
  };
  for (const signal of SIGNALS) {
    process.on(signal, interrupt);
  }
  try {
    await work(controller.signal);
  } finally {
    for (const signal of SIGNALS) {
      process.off(signal, interrupt);
    }
    if (received !== undefined && process.listenerCount(received) === 0) {
      process.kill(process.pid, received);
    }
  }
}
