import { SteadyLoad, type Answer } from "../../demo/load";

/** A request to a path, and what became of it. */
export interface Sent extends Answer {
  readonly path: string;
}

/** What each request posts, and gets back. */
const BODY = "what was posted ".repeat(16);

const OPTIONS = {
  body: BODY,
  followsRedirects: true,
  rejectUnauthorized: false,
  // A machine that is busy may need this long.
  timeout: 30_000,
};
/** The shares of the requests that come on connections that are kept alive, and each on a fresh one. */
const CONNECTIONS = [
  { share: 3 / 4, options: {} },
  { share: 1 / 4, options: { agent: false } },
] as const;

/** Requests to some paths, on both kinds of connections. */
export class Traffic {
  private readonly startedAt = performance.now();
  private readonly loads: readonly { path: string; load: SteadyLoad }[];

  constructor(url: string, paths: readonly string[], perSecond: number) {
    const each = perSecond / paths.length;
    this.loads = paths.flatMap((path) =>
      CONNECTIONS.map(({ share, options }) => ({
        path,
        load: new SteadyLoad(url + path, each * share, { ...OPTIONS, ...options }),
      })),
    );
  }

  /** Resolves when so many further requests of each kind have been answered. */
  async further(count: number): Promise<void> {
    await Promise.all(this.loads.map(({ load }) => load.further(count)));
  }

  /** Ends it; returns all requests, and how many there were a second. */
  async stop(): Promise<{ sent: Sent[]; perSecond: number }> {
    const seconds = (performance.now() - this.startedAt) / 1000;
    await Promise.all(this.loads.map(({ load }) => load.stop()));
    const sent = this.loads.flatMap(({ path, load }) =>
      load.answers.map((answer) => ({ ...answer, path })),
    );
    return { sent, perSecond: sent.length / seconds };
  }
}
