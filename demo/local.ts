import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { findEngine } from "../tools/engine";
import { forgetUser, isolatedEnvironment } from "../tools/isolation";
import { Emulator, LivePage, type TargetTransition } from "../emulator";
import { pluginFolders } from "./pluginFolders";
import {
  emptyFolder,
  isOpen,
  type MovedListener,
  removeFolder,
  runningSession,
  type Session,
  writeSession,
} from "./session";

const CHECKOUT = path.resolve(__dirname, "..");
/** What the engine starts when a program in another language uses the package. */
const BUILT = path.join(CHECKOUT, "bin", "provider", "index.js");
/** The stack that commands are about unless they name another one. */
const STACK = "local";
/** How many requests a second the page sends at first. */
const PER_SECOND = 20;

const USAGE = `npm run local                AWS on this machine, until Ctrl-C
npm run local -- COMMAND     runs \`pulumi COMMAND\` against it, from another terminal; for example
                             up, preview, destroy, stack output url, -C examples/yaml up
`;

/** `npm run local`: AWS on one machine, or with arguments a command of Pulumi that is answered by it. */
async function main(args: readonly string[]): Promise<number> {
  if (args.length === 0) return serve();
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(USAGE);
    return 0;
  }
  return runCommand(args);
}

async function serve(): Promise<number> {
  if ((await runningSession()) !== undefined) {
    console.error("npm run local runs already in another terminal. End that one first (Ctrl-C).");
    return 1;
  }
  const stopped = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  const engine = await findEngine();
  const environment = isolatedEnvironment(await emptyFolder());
  const emulator = await Emulator.start();
  const page = await LivePage.start(emulator, {
    hint: `Nothing is deployed yet. In another terminal:\n${upCommand()}`,
    perSecond: PER_SECOND,
  });
  try {
    const moved: MovedListener[] = [];
    const session: Session = {
      engine: engine.command,
      environment: {
        ...environment,
        ...emulator.environment,
        PULUMI_STACK: STACK,
        // What the program says of commands that mend its configuration.
        LOAD_BALANCED_GROUP_PULUMI: "npm run local --",
      },
      port: emulator.port,
      moved,
    };
    const listeners = new Map<string, MovedListener>();
    emulator.elb.onListener(({ listenerArn, port }) => {
      const url = emulator.elb.listenerUrl(listenerArn);
      if (listeners.get(listenerArn)?.url === url) return;
      listeners.set(listenerArn, { port, url });
      const isMoved = (one: MovedListener) => Number(new URL(one.url).port) !== one.port;
      moved.splice(0, moved.length, ...[...listeners.values()].filter(isMoved));
      writeSession(session);
      print(`listening  port ${port} at ${url}  ${listenerArn}`);
    });
    emulator.elb.onTargetTransition((transition) => {
      print(describe(transition));
    });
    writeSession(session);
    print(introduction(emulator, page));
    await stopped;
  } finally {
    await page.close();
    await emulator.close();
    await removeFolder();
  }
  return 0;
}

/** Runs a command of Pulumi; nothing of what it needs is left in the terminal. */
async function runCommand(args: readonly string[]): Promise<number> {
  const session = await runningSession();
  if (session === undefined) {
    console.error("The emulator does not run. Start it in another terminal: npm run local");
    return 1;
  }
  if (!existsSync(BUILT) && pluginFolders(programFolder(args)).includes(CHECKOUT)) {
    // Otherwise the engine would report a broken plugin.
    console.error("The program uses the package, which is not built. Build it: npm install");
    return 1;
  }
  // A terminal interrupts the engine too, which then ends in good order.
  process.on("SIGINT", () => undefined);
  const select = [...folderOption(args), "stack", "select", "--create", STACK];
  for (const [command, stdout] of [
    [select, "ignore"],
    [args, "inherit"],
  ] as const) {
    const code = await pulumi(session, command, stdout);
    if (code !== 0) return code;
  }
  await tellMoved();
  return 0;
}

/** The option that names the program's folder, if there is one. */
function folderOption(args: readonly string[]): readonly string[] {
  const index = args.findIndex((arg) => /^(-C|--cwd)(=|$)/.test(arg));
  if (index < 0) return [];
  return args.slice(index, index + (args[index].includes("=") ? 1 : 2));
}

function programFolder(args: readonly string[]): string {
  const option = folderOption(args).join("=");
  return path.resolve(CHECKOUT, option.slice(option.indexOf("=") + 1));
}

async function pulumi(
  { engine, environment }: Session,
  args: readonly string[],
  stdout: "ignore" | "inherit",
): Promise<number> {
  // What the terminal says of the user's own backend, stack and account is taken out of it.
  forgetUser();
  const child = spawn(engine, args, {
    cwd: CHECKOUT,
    // The language hosts lie beside the engine.
    env: {
      ...process.env,
      ...environment,
      PATH: [path.dirname(engine), process.env.PATH].join(path.delimiter),
    },
    stdio: ["inherit", stdout, "inherit"],
  });
  await once(child, "close");
  return child.exitCode ?? 1;
}

/** Where a listener answers whose port can't be the same on this machine. */
async function tellMoved(): Promise<void> {
  const { moved = [] } = (await runningSession()) ?? {};
  for (const { port, url } of moved) {
    if (await isOpen(Number(new URL(url).port))) {
      console.error(`The listener on port ${port} answers on this machine at ${url}`);
    }
  }
}

function introduction({ servers }: Emulator, { url }: LivePage): string {
  const rows = [...servers.values()].map(({ instance }) => {
    const ports = [...instance.ports].map(([port, real]) => `${port} -> 127.0.0.1:${real}`);
    return `  ${instance.instanceId}  ${instance.availabilityZone}  ${ports.join(", ")}`;
  });
  return [
    "AWS on this machine, until Ctrl-C. Running instances:",
    ...rows,
    "Watch it, and break it, in a browser:",
    `  ${url}`,
    "Deploy to it from another terminal:",
    `  ${upCommand()}`,
    "Any command of Pulumi can stand for `up`. What is deployed is forgotten when this ends.",
  ].join("\n");
}

function upCommand(): string {
  const folder = /^[\w./-]+$/.test(CHECKOUT) ? CHECKOUT : JSON.stringify(CHECKOUT);
  return `npm --prefix ${folder} run local -- up`;
}

function describe({ targetGroupArn, target, from, state, reason }: TargetTransition): string {
  const group = targetGroupArn.split("/")[1];
  const why = reason === undefined ? "" : `  ${reason}`;
  return `target  ${target.id}:${target.port} of ${group}  ${from ?? "new"} -> ${state}${why}`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
