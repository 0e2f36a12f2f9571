import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { engine } from "../support/engine";
import { CONFIGURATION, type Environments } from "../support/environments";
import { installLibrary } from "../support/library";

const EXAMPLE = path.join(__dirname, "../../examples/service");
export const TOKEN = "a-long-secret-of-ann";

/** What the service writes into its log. */
export type Entry = Partial<Record<string, unknown>>;

/** An event of a stream. */
export interface Told {
  readonly id: number;
  readonly type: string;
  readonly data: Partial<Record<string, unknown>>;
}

/** Compiles the example as its users do. */
export async function buildService(folder: string): Promise<void> {
  await mkdir(folder);
  for (const name of ["src", "package.json", "tsconfig.json", "openapi.json"]) {
    await cp(path.join(EXAMPLE, name), path.join(folder, name), { recursive: true });
  }
  await installLibrary(folder);
  const tsc = path.join(folder, "node_modules", "typescript", "bin", "tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc], { cwd: folder, encoding: "utf8" });
  assert.equal(status, 0, stdout);
}

/** The example service in a process of its own. */
export class RunningService {
  readonly log: Entry[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(readonly process: ChildProcess) {
    assert.ok(process.stdout);
    createInterface(process.stdout).on("line", (line) => {
      this.log.push(JSON.parse(line) as Entry);
      for (const look of [...this.waiting]) look();
    });
  }

  static async start(
    stage: Environments,
    folder: string,
    variables: Record<string, string> = {},
  ): Promise<RunningService> {
    const env = await RunningService.variables(stage, variables);
    const child = spawn(process.execPath, ["dist/main.js"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
      env,
    });
    const service = new RunningService(child);
    await service.logged(({ event }) => event === "listening");
    return service;
  }

  /** The variables that it is started with. */
  static async variables(
    stage: Environments,
    changes: Record<string, string>,
  ): Promise<NodeJS.ProcessEnv> {
    const { binFolder } = await engine();
    return {
      ...process.env,
      ...stage.variables,
      PULUMI_BACKEND_URL: stage.options("any").backend,
      PATH: [binFolder, process.env.PATH].join(path.delimiter),
      SERVICE_PORT: "0",
      SERVICE_TOKENS: `ann:${TOKEN},bob:another-long:secret`,
      ...changes,
    };
  }

  /** Resolves with the first entry of the log, past or to come, that is looked for. */
  logged(which: (entry: Entry) => boolean): Promise<Entry> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.log.find(which);
        if (found === undefined) return;
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }

  get url(): string {
    const { address } = this.log.find(({ event }) => event === "listening") ?? {};
    return `http://127.0.0.1:${(address as { port: number }).port}`;
  }

  async ask(method: string, route: string, body?: unknown, token = TOKEN) {
    const response = await fetch(`${this.url}${route}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = (await response.json()) as Partial<Record<string, unknown>>;
    return { status: response.status, answer };
  }

  deploy(name: string, changes: object = {}) {
    const configuration = { ...CONFIGURATION, name, ...changes };
    return this.ask("POST", `/environments/${name}`, { region: "us-west-2", configuration });
  }

  /** All events of a stream until it ends. */
  async follow(name: string, lastEventId = 0): Promise<Told[]> {
    const response = await fetch(`${this.url}/environments/${name}/events`, {
      headers: { authorization: `Bearer ${TOKEN}`, "last-event-id": String(lastEventId) },
    });
    assert.equal(response.headers.get("content-type"), "text/event-stream");
    return (await response.text())
      .split("\n\n")
      .filter((block) => block !== "")
      .map((block) => {
        const fields = new Map(
          block.split("\n").map((line) => line.split(/: (.*)/s, 2) as [string, string]),
        );
        return {
          id: Number(fields.get("id")),
          type: fields.get("event") ?? "",
          data: JSON.parse(fields.get("data") ?? "{}") as Told["data"],
        };
      });
  }

  async kill(signal: NodeJS.Signals): Promise<number | null> {
    const exit = once(this.process, "exit");
    this.process.kill(signal);
    const [code] = (await exit) as [number | null];
    return code;
  }
}
