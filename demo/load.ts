import * as http from "node:http";
import * as https from "node:https";

/** What became of one request. */
export interface Answer {
  readonly startedAt: number;
  readonly endedAt: number;
  /** The instance that served it, unless it failed. */
  readonly instanceId: string | undefined;
  /** The instance's port, where it says it. */
  readonly instancePort: string | undefined;
  /** Why it failed, if it did: a status or an error. */
  readonly failure: string | undefined;
}

/** How requests are sent. */
export interface LoadOptions extends https.RequestOptions {
  /** What is posted, after the request's number; the answer must end with both. */
  readonly body?: string;
  /** Whether a request is sent once more where it is redirected to. */
  readonly followsRedirects?: boolean;
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

/** A machine that is busy would never answer more requests at once. The ones that are due wait until then. */
const MOST_AT_ONCE = 32;

/** Requests at a steady pace, also while earlier ones have not been answered, until stopped. */
export class SteadyLoad {
  readonly answers: Answer[] = [];
  private readonly agent: http.Agent;
  private readonly pending = new Set<Promise<void>>();
  private readonly startedAt = performance.now();
  private readonly timer: NodeJS.Timeout;
  private readonly awaiting: { count: number; from: number; done: () => void }[] = [];
  private sent = 0;

  constructor(
    private readonly url: string,
    private readonly perSecond: number,
    private readonly options: LoadOptions = {},
  ) {
    this.agent = new (clientOf(url).Agent)({ keepAlive: true });
    this.timer = setInterval(() => {
      this.sendAllDue();
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

  /** More than one request where the process had no time to send them. */
  private sendAllDue(): void {
    const due = ((performance.now() - this.startedAt) / 1000) * this.perSecond;
    while (this.sent < due && this.pending.size < MOST_AT_ONCE) this.send();
  }

  private send(): void {
    this.sent++;
    const { body, ...options } = this.options;
    const numbered = body === undefined ? {} : { body: `${this.sent} ${body}` };
    const asked = request(this.url, { agent: this.agent, ...options, ...numbered });
    const answered = asked.then((answer) => {
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

async function request(url: string, options: LoadOptions): Promise<Answer> {
  const startedAt = performance.now();
  const { followsRedirects = false, ...rest } = options;
  const first = await attempt(url, rest);
  const isFollowed = followsRedirects && first.location !== undefined;
  // An agent is for one protocol, which the other place may not have.
  const agent = rest.agent === false ? false : undefined;
  const reply = isFollowed ? await attempt(first.location, { ...rest, agent }) : first;
  const { instanceId, instancePort, failure } = reply;
  return { startedAt, endedAt: performance.now(), instanceId, instancePort, failure };
}

type Reply = Pick<Answer, "instanceId" | "instancePort" | "failure"> & {
  readonly location?: string;
};

function attempt(url: string, { body, ...options }: LoadOptions): Promise<Reply> {
  return new Promise((resolve) => {
    const fail = (failure: string, location?: string) => {
      resolve({ instanceId: undefined, instancePort: undefined, failure, location });
    };
    const content =
      body === undefined ? {} : { method: "POST", headers: { "content-type": "text/plain" } };
    const sent = clientOf(url).request(url, { timeout: 10_000, ...content, ...options });
    sent.once("response", (response) => {
      const { statusCode, headers } = response;
      const { "x-instance-id": instanceId, "x-instance-port": instancePort } = headers;
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.once("close", () => {
        if (!response.complete) fail("cut off");
        else if (statusCode !== 200) fail(String(statusCode), headers.location);
        else if (typeof instanceId !== "string") fail("no server");
        else if (!text.endsWith(body ?? "")) fail("another body");
        else resolve({ instanceId, instancePort: instancePort?.toString(), failure: undefined });
      });
    });
    sent.once("timeout", () => sent.destroy(new Error("no answer in time")));
    sent.once("error", (error) => {
      fail("code" in error ? String(error.code) : error.message);
    });
    sent.end(body);
  });
}
