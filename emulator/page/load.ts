import * as http from "node:http";
import * as https from "node:https";
import type { Picture } from "./picture";

/** The requests that the page has sent. */
export interface Load {
  readonly perSecond: number;
  readonly path: string;
  /** Empty for the first listener that forwards. */
  readonly listenerId: string;
}

/** Told of a request that got no answer at all. */
export type Missed = (method: string, path: string, outcome: string, milliseconds: number) => void;

export const MOST_PER_SECOND = 200;
const MOST_AT_ONCE = 64;
const TICK = 20;
const TIMEOUT = 70_000;

/** Sends requests to a listener at a steady pace, as long as it may. */
export class LoadGenerator {
  private readonly agents = {
    "http:": new http.Agent({ keepAlive: true }),
    "https:": new https.Agent({ keepAlive: true, rejectUnauthorized: false }),
  };
  private timer: NodeJS.Timeout | undefined;
  private inFlight = 0;
  private owed = 0;
  private lastAt = 0;

  constructor(
    private settings: Load,
    private readonly picture: () => Picture,
    private readonly missed: Missed,
  ) {}

  get load(): Load {
    return this.settings;
  }

  set(load: Load): void {
    this.settings = load;
  }

  start(): void {
    if (this.timer !== undefined) return;
    this.lastAt = performance.now();
    this.timer = setInterval(() => {
      this.sendDue();
    }, TICK);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  close(): void {
    this.stop();
    for (const agent of Object.values(this.agents)) agent.destroy();
  }

  private sendDue(): void {
    const now = performance.now();
    const due = ((now - this.lastAt) / 1000) * this.settings.perSecond;
    this.lastAt = now;
    // What could not be sent for a while is not made up for.
    this.owed = Math.min(this.owed + due, this.settings.perSecond);
    const url = listenerOf(this.picture(), this.settings.listenerId)?.url;
    for (; this.owed >= 1; this.owed -= 1) {
      if (url === undefined || url === "" || this.inFlight >= MOST_AT_ONCE) continue;
      this.send(new URL(this.settings.path, url));
    }
  }

  private send(url: URL): void {
    const startedAt = performance.now();
    const secure = url.protocol === "https:";
    const agent = this.agents[secure ? "https:" : "http:"];
    let isAnswered = false;
    this.inFlight += 1;
    const request = (secure ? https : http).get(url, { agent, timeout: TIMEOUT });
    request.once("response", (response) => {
      isAnswered = true;
      response.resume();
      // The load balancer has counted an answer that breaks off.
      response.on("error", () => undefined);
    });
    request.once("timeout", () => request.destroy());
    request.on("error", (error) => {
      const code = "code" in error ? String(error.code) : error.message;
      // Only then the load balancer has not seen it.
      if (!isAnswered && code === "ECONNREFUSED") {
        this.missed("GET", url.pathname, "refused", performance.now() - startedAt);
      }
    });
    request.once("close", () => {
      this.inFlight -= 1;
    });
  }
}

/** The listener that was asked for, or else the first one that forwards. */
export function listenerOf({ listeners, rules }: Picture, id: string) {
  const forwards = (listenerId: string) =>
    rules.some((rule) => rule.listenerId === listenerId && rule.forwards.length > 0);
  return listeners.find((one) => one.id === id) ?? listeners.find((one) => forwards(one.id));
}
