import * as http from "node:http";
import * as https from "node:https";

/** What became of one request. */
export interface Answer {
  readonly startedAt: number;
  /** The instance that served it, unless it failed. */
  readonly instanceId: string | undefined;
}

/** Sends a number of requests, a few at a time, over connections that are kept alive. */
export async function sendRequests(url: string, count: number, atATime = 6): Promise<Answer[]> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: atATime });
  const answers: Answer[] = [];
  let left = count;
  const client = async () => {
    while (left-- > 0) answers.push(await request(url, { agent }));
  };
  await Promise.all(Array.from({ length: atATime }, client));
  agent.destroy();
  return answers;
}

/** Requests at a steady pace, whether or not the earlier ones have been answered, until stopped. */
export class SteadyLoad {
  readonly answers: Answer[] = [];
  private readonly agent: http.Agent;
  private readonly pending = new Set<Promise<void>>();
  private readonly timer: NodeJS.Timeout;
  private readonly awaiting: { count: number; from: number; done: () => void }[] = [];

  constructor(
    private readonly url: string,
    perSecond: number,
    private readonly options: https.RequestOptions = {},
  ) {
    this.agent = new (clientOf(url).Agent)({ keepAlive: true });
    this.timer = setInterval(() => {
      this.send();
    }, 1000 / perSecond);
  }

  /** Resolves when so many requests that start from now on have been answered. */
  async further(count: number): Promise<void> {
    await new Promise<void>((done) => {
      this.awaiting.push({ count, from: performance.now(), done });
    });
  }

  /** Sends no more, and waits for the last answers. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.pending);
    this.agent.destroy();
  }

  private send(): void {
    const answered = request(this.url, { ...this.options, agent: this.agent }).then((answer) => {
      this.answers.push(answer);
      this.pending.delete(answered);
      for (const waiting of this.awaiting) {
        if (answer.startedAt >= waiting.from && --waiting.count === 0) waiting.done();
      }
    });
    this.pending.add(answered);
  }
}

const clientOf = (url: string) => (url.startsWith("https:") ? https : http);

function request(url: string, options: https.RequestOptions): Promise<Answer> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const sent = clientOf(url).get(url, { timeout: 10_000, ...options }, (response) => {
      const instanceId = response.headers["x-instance-id"];
      const served = response.statusCode === 200 && typeof instanceId === "string";
      response.resume();
      response.once("close", () => {
        resolve({ startedAt, instanceId: served && response.complete ? instanceId : undefined });
      });
    });
    sent.once("timeout", () => sent.destroy());
    sent.once("error", () => {
      resolve({ startedAt, instanceId: undefined });
    });
  });
}
