import { createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import * as https from "node:https";
import type { IncomingMessage } from "node:http";
import type { KeySet } from "./jwtValidation";

const TIMEOUT = 5_000;
const MAX_SIZE = 150 * 1024;
const MAX_KEYS = 10;
const KEPT_FOR = 60_000;

interface Kept {
  readonly keys: Promise<KeySet>;
  readonly until: number;
}

/** The key sets (JWKS) of identity providers. Each is kept for a minute, or until a token names a key that it lacks. */
export class KeySets {
  private readonly kept = new Map<string, Kept>();

  /** The key with an ID; undefined if the provider has none. */
  async find(endpoint: string, keyId: string): Promise<KeyObject | undefined> {
    const kept = this.kept.get(endpoint);
    if (kept !== undefined && performance.now() < kept.until) {
      const found = (await kept.keys).get(keyId);
      if (found !== undefined) return found;
    }
    return (await this.ask(endpoint, kept)).get(keyId);
  }

  /** Requests that come at the same time share one question. */
  private ask(endpoint: string, before: Kept | undefined): Promise<KeySet> {
    const latest = this.kept.get(endpoint);
    if (latest !== undefined && latest !== before) return latest.keys;
    const keys = read(endpoint);
    const kept = { keys, until: performance.now() + KEPT_FOR };
    this.kept.set(endpoint, kept);
    keys.catch(() => {
      if (this.kept.get(endpoint) === kept) this.kept.delete(endpoint);
    });
    return keys;
  }
}

/**
 * Asks the endpoint. What AWS does not accept fails: a slow, large or wrong answer. The certificate of an endpoint on
 * this machine is not judged, because nobody signs one.
 */
async function read(endpoint: string): Promise<KeySet> {
  const { hostname } = new URL(endpoint);
  const options = {
    agent: false,
    rejectUnauthorized: !["127.0.0.1", "localhost", "[::1]"].includes(hostname),
    signal: AbortSignal.timeout(TIMEOUT),
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    https.get(endpoint, options, resolve).on("error", reject);
  });
  response.setEncoding("utf8");
  let text = "";
  for await (const chunk of response) {
    text += String(chunk);
    if (Buffer.byteLength(text) > MAX_SIZE) throw new Error("the answer is too large");
  }
  if (response.statusCode !== 200) throw new Error(`the status is ${response.statusCode}`);
  return keysIn(JSON.parse(text));
}

function keysIn(answer: unknown): KeySet {
  const keys: unknown = isJson(answer) ? answer.keys : undefined;
  if (!Array.isArray(keys) || keys.length > MAX_KEYS) {
    throw new Error(`there is no list of at most ${MAX_KEYS} keys`);
  }
  // Other kinds of keys can't verify what AWS accepts.
  const usable = keys.filter(isJson).filter(({ kty }) => kty === "RSA");
  return new Map(usable.map((key) => [String(key.kid), createPublicKey({ key, format: "jwk" })]));
}

const isJson = (value: unknown): value is JsonWebKey => typeof value === "object" && value !== null;
