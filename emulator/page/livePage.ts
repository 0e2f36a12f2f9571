import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Emulator } from "../emulator";
import { readAccount } from "./account";
import { parseAction, perform, RefusedAction } from "./actions";
import { type Asset, assets } from "./assets";
import { deploymentOf } from "./deployment";
import { Guard, SECURITY_HEADERS } from "./guard";
import { LoadGenerator } from "./load";
import { Marks, marksBetween } from "./marks";
import type { Change, Shown } from "./model";
import { pictureOf } from "./picture";
import { EventStream } from "./stream";
import { Traffic } from "./traffic";

export interface LivePageOptions {
  /** What the page says while nothing is deployed. */
  readonly hint?: string;
  /** How many requests a second the page sends at first, while it is open. */
  readonly perSecond?: number;
}

/** How often the account is looked at, and a change is told. */
const TICK = 250;
const LONGEST_BODY = 10_000;

/** A page that shows an emulator as it lives, and changes it. */
export class LivePage {
  private readonly stream = new EventStream();
  private readonly traffic = new Traffic();
  private readonly marks = new Marks();
  private readonly load: LoadGenerator;
  private readonly timer: NodeJS.Timeout;
  private picture;
  private pictureText: string;
  private pictureChanged = false;
  private deploymentChanged = false;
  private marked: { startedAt?: number; endedAt?: number } = {};

  private constructor(
    private readonly emulator: Emulator,
    private readonly server: Server,
    private readonly guard: Guard,
    private readonly files: ReadonlyMap<string, Asset>,
    private readonly options: LivePageOptions,
  ) {
    this.picture = pictureOf(readAccount(emulator));
    this.pictureText = JSON.stringify(this.picture);
    this.load = new LoadGenerator(
      { perSecond: options.perSecond ?? 0, path: "/", listenerId: "" },
      () => this.picture,
      (...request) => {
        this.traffic.missed(...request);
      },
    );
    emulator.elb.onRequest((request) => {
      this.traffic.served(request);
    });
    // A state that lasts less than a tick is to be seen too, when the call that led to it is over.
    emulator.elb.onTargetTransition(() => {
      setImmediate(() => {
        if (server.listening) this.look();
      });
    });
    emulator.operations.onChange(() => {
      this.deploymentChanged = true;
    });
    this.timer = setInterval(() => {
      this.tell({});
    }, TICK);
    this.timer.unref();
    server.on("request", (request, response) => {
      // One request, whatever is in it or however it ends, does not end the emulator.
      this.answer(request, response).catch(() => {
        response.destroy();
      });
    });
  }

  static async start(emulator: Emulator, options: LivePageOptions = {}): Promise<LivePage> {
    const files = await assets();
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const guard = new Guard(portOf(server.address()));
    return new LivePage(emulator, server, guard, files, options);
  }

  /** The address to open; whoever knows it may change everything. */
  get url(): string {
    return `${this.guard.origin}/?token=${this.guard.token}`;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.load.close();
    this.stream.close();
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const verdict = this.guard.judge(request);
    if (verdict.kind === "refuse") {
      response.writeHead(verdict.status, { "Content-Type": "text/plain" }).end(verdict.why);
    } else if (verdict.kind === "enter") {
      response.writeHead(303, { "Set-Cookie": verdict.cookie, Location: "/" }).end();
    } else if (request.method === "POST" && request.url === "/actions") {
      await this.act(request, response);
    } else if (request.method === "GET" && request.url === "/events") {
      this.stream.open(response, this.shown());
    } else if (request.method === "GET" && this.files.has(request.url ?? "")) {
      const { type, content } = this.files.get(request.url ?? "") ?? { type: "", content: "" };
      response.writeHead(200, { "Content-Type": type }).end(content);
    } else {
      response.writeHead(404).end();
    }
  }

  private async act(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refuse = (why: string) => {
      response.writeHead(409, { "Content-Type": "text/plain; charset=utf-8" }).end(why);
    };
    try {
      const action = parseAction(await bodyOf(request));
      if (action === undefined) {
        refuse("The page is older than the emulator: load it again.");
        return;
      }
      const mark = await perform(action, this.emulator, this.load);
      if (mark !== undefined) this.marks.add(mark);
      this.tell(action.kind === "load" ? { load: this.load.load } : {});
      response.writeHead(204).end();
    } catch (error) {
      if (!(error instanceof RefusedAction)) throw error;
      refuse(error.message);
    }
  }

  private shown(): Shown {
    this.tell({});
    return {
      hint: this.options.hint ?? "Deploy a program to the emulator.",
      picture: this.picture,
      deployment: deploymentOf(this.emulator.operations.last),
      load: this.load.load,
      seconds: this.traffic.seconds,
      marks: this.marks.all,
      requests: this.traffic.requests,
    };
  }

  private look(): void {
    const picture = pictureOf(readAccount(this.emulator));
    const text = JSON.stringify(picture);
    if (text === this.pictureText) return;
    this.marks.add(...marksBetween(this.picture, picture));
    this.picture = picture;
    this.pictureText = text;
    this.pictureChanged = true;
  }

  /** Tells every page what has changed since the last time. */
  private tell(change: Change): void {
    this.look();
    const picture = this.pictureChanged ? this.picture : undefined;
    this.pictureChanged = false;
    const deployment = this.takeDeployment();
    const { seconds, requests, flows } = this.traffic.take();
    const marks = this.marks.take();
    if (this.stream.isWatched) this.load.start();
    else this.load.stop();
    const lists = Object.entries({ seconds, requests, flows, marks });
    const told = {
      ...change,
      ...Object.fromEntries(lists.filter(([, list]) => list.length > 0)),
      ...(picture === undefined ? {} : { picture }),
      ...(deployment === undefined ? {} : { deployment }),
    };
    if (Object.keys(told).length > 0) this.stream.send(told);
  }

  private takeDeployment() {
    if (!this.deploymentChanged) return undefined;
    this.deploymentChanged = false;
    const deployment = deploymentOf(this.emulator.operations.last);
    if (deployment === undefined) return undefined;
    const { startedAt, endedAt, failed } = deployment;
    if (startedAt !== this.marked.startedAt) {
      this.marks.add({ tone: "info", text: "deployment began" });
    }
    if (endedAt !== undefined && endedAt !== this.marked.endedAt) {
      this.marks.add(
        failed > 0
          ? { tone: "bad", text: `deployment failed: ${failed} of ${deployment.done + failed}` }
          : { tone: "good", text: `deployment ended: ${deployment.done} changes` },
      );
    }
    this.marked = { startedAt, endedAt };
    return deployment;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  request.setEncoding("utf8");
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > LONGEST_BODY) throw new RefusedAction("That is too long.");
  }
  return text;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the page has no port");
  return address.port;
}
