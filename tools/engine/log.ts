/** The log of the search for the engine. */
export interface Log {
  /** Writes a line. */
  line(text: string): void;
  /** Writes the progress. On a terminal the next call replaces it. */
  status(text: string): void;
}

const STATUS_INTERVAL = 15_000;

/**
 * Writes to a stream. On a terminal the line with the progress is rewritten; elsewhere it is written at most every
 * 15 seconds.
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
