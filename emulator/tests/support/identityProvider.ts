import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import { certificateFor } from "../../elb/certificates";

const CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/identity-provider";

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** An identity provider on this machine, which issues JSON web tokens and publishes the keys of their signatures. */
export class IdentityProvider {
  readonly issuer = "https://login.example.com";
  /** How often it was asked for its keys. */
  questions = 0;
  /** Answers these questions; by default with the keys. */
  answer = (response: ServerResponse): void => {
    response.end(JSON.stringify({ keys: this.publicKeys() }));
  };
  private readonly privateKeys = new Map<string, KeyObject>();

  /** Where it publishes the keys. */
  readonly jwksEndpoint: string;

  private constructor(private readonly server: https.Server) {
    this.jwksEndpoint = `https://127.0.0.1:${(server.address() as AddressInfo).port}/keys.json`;
    this.addKey("first");
    server.on("request", (_request, response: ServerResponse) => {
      this.questions += 1;
      this.answer(response);
    });
  }

  static async start(): Promise<IdentityProvider> {
    const pair = await certificateFor({ certificateArn: CERTIFICATE, domainNames: [] });
    const server = https.createServer(pair);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new IdentityProvider(server);
  }

  addKey(id: string): void {
    this.privateKeys.set(id, generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey);
  }

  publicKeys(): object[] {
    return [...this.privateKeys].map(([kid, key]) => {
      const { kty, n, e } = key.export({ format: "jwk" });
      return { kid, kty, n, e, alg: "RS256", use: "sig" };
    });
  }

  /** A token that is valid for a minute, with these claims besides or instead. */
  token(claims: object = {}, header: object = {}, keyId = "first"): string {
    const now = Math.floor(Date.now() / 1000);
    const own = { iss: this.issuer, iat: now, exp: now + 60 };
    const signed = [
      encoded({ alg: "RS256", typ: "JWT", kid: keyId, ...header }),
      encoded({ ...own, ...claims }),
    ].join(".");
    const key = this.privateKeys.get(keyId);
    if (key === undefined) throw new Error(`there is no key ${keyId}`);
    return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), key).toString("base64url")}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** The header in which a client sends a token. */
export const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
