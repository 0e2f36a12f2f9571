import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";

const FOLDER = path.resolve(__dirname, "../.emulator");
const FILE = path.join(FOLDER, "session.json");

/** How commands in other terminals reach the emulator that runs in one. */
export interface Session {
  /** The engine's command line. */
  readonly engine: string;
  /** What the engine needs in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The port on which AWS is answered for. */
  readonly port: number;
  /** The listeners that answer on another port of this machine than the one that they were given. */
  readonly moved: readonly MovedListener[];
}

export interface MovedListener {
  readonly port: number;
  readonly url: string;
}

/** The emulator that runs now, if one does. */
export async function runningSession(): Promise<Session | undefined> {
  const session = readSession();
  return session !== undefined && (await isOpen(session.port)) ? session : undefined;
}

/** Makes an empty folder for what is deployed to the emulator, which lasts as long as the emulator runs. */
export async function emptyFolder(): Promise<string> {
  await removeFolder();
  await mkdir(FOLDER, { recursive: true });
  return FOLDER;
}

export async function removeFolder(): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
}

export function writeSession(session: Session): void {
  // It has a passphrase, though one that opens nothing but this.
  writeFileSync(FILE, JSON.stringify(session), { mode: 0o600 });
}

/** Whether somebody listens on that port of this machine. */
export async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

function readSession(): Session | undefined {
  try {
    const session: unknown = JSON.parse(readFileSync(FILE, "utf8"));
    return isSession(session) ? session : undefined;
  } catch {
    return undefined;
  }
}

function isSession(value: unknown): value is Session {
  return typeof value === "object" && value !== null && "engine" in value && "port" in value;
}
