/** Where the search for the engine tells what it does. */
export interface Log {
  /** Says something that stays readable. */
  line(text: string): void;
  /** Says how far the work is; soon overtaken by the next call. */
  status(text: string): void;
}

const STATUS_INTERVAL = 15_000;

/**
 * Writes to a stream: on a terminal one line is rewritten as the work goes on, elsewhere such a line
 * is written every 15 seconds at most.
 */
export function logTo(stream: NodeJS.WriteStream): Log {
  return stream.isTTY ? logToTerminal(stream) : logToFile(stream);
}

function logToTerminal(stream: NodeJS.WriteStream): Log {
  const clearLine = "\r\u001b[K";
  let unfinished = false;
  return {
    line(text) {
      stream.write(`${unfinished ? clearLine : ""}${text}\n`);
      unfinished = false;
    },
    status(text) {
      stream.write(clearLine + text.slice(0, Math.max(stream.columns - 1, 20)));
      unfinished = true;
    },
  };
}

function logToFile(stream: NodeJS.WriteStream): Log {
  let lastStatus = Date.now();
  return {
    line(text) {
      stream.write(`${text}\n`);
    },
    status(text) {
      if (Date.now() - lastStatus < STATUS_INTERVAL) {
        return;
      }
      lastStatus = Date.now();
      stream.write(`${text}\n`);
    },
  };
}
