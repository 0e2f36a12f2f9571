import assert from "node:assert/strict";
import { once } from "node:events";
import * as http from "node:http";
import type * as net from "node:net";
import WebSocket, { WebSocketServer } from "ws";
import { askRaw, echoHeaders } from "./support/httpClient";
import { ElbStage } from "./support/elbStage";

const name =
  (text: string): http.RequestListener =>
  (_, response) => {
    response.end(text);
  };

describe("WebSockets through a load balancer", () => {
  let stage: ElbStage;
  beforeEach(() => {
    stage = new ElbStage();
  });
  afterEach(async () => {
    await stage.close();
  });

  it("carries WebSockets", async () => {
    const { url, group } = await stage.balanced([]);
    const server = new WebSocketServer({ noServer: true });
    server.on("connection", (socket) => {
      socket.on("message", (data) => {
        socket.send(data);
      });
    });
    const backend = http.createServer((_, response) => response.end());
    backend.on("upgrade", (request, socket, head) => {
      server.handleUpgrade(request, socket, head, (webSocket) => {
        server.emit("connection", webSocket);
      });
    });
    stage.ec2.addInstance("i-ws", [[80, await stage.listen(backend)]]);
    await stage.registerHealthy(group, "i-ws");
    const client = new WebSocket(url.replace("http", "ws"));
    await once(client, "open");
    client.send("hello");
    const [data] = (await once(client, "message")) as [Buffer];
    client.close();
    await once(client, "close");
    assert.equal(String(data), "hello");
  });

  it("carries what a target says together with its consent", async () => {
    const { url, group } = await stage.balanced([]);
    const backend = http.createServer((_, response) => response.end());
    backend.on("upgrade", (_, socket: net.Socket) => {
      socket.write("HTTP/1.1 101 Yes\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\nhello");
      socket.end();
    });
    stage.ec2.addInstance("i-raw", [[80, await stage.listen(backend)]]);
    await stage.registerHealthy(group, "i-raw");
    const offer = "Connection: upgrade\r\nUpgrade: websocket";
    const answer = await askRaw(url, `GET / HTTP/1.1\r\nHost: a\r\n${offer}\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 101 Yes\r\n.*\r\n\r\nhello$/s);
  });

  it("ends a WebSocket that is silent for the idle timeout", async () => {
    const idle = { "idle_timeout.timeout_seconds": "1" };
    const { url, group } = await stage.balanced([], {}, idle);
    const sockets = new WebSocketServer({ noServer: true });
    const backend = http.createServer((_, response) => response.end());
    backend.on("upgrade", (request, socket, head) => {
      sockets.handleUpgrade(request, socket, head, () => undefined);
    });
    stage.ec2.addInstance("i-ws", [[80, await stage.listen(backend)]]);
    await stage.registerHealthy(group, "i-ws");
    const client = new WebSocket(url.replace("http", "ws"));
    await once(client, "open");
    await once(client, "close");
  });

  it("cuts a WebSocket off that outlasts the deregistration delay", async () => {
    const { url, group } = await stage.balanced([], {
      "deregistration_delay.timeout_seconds": "0",
    });
    const sockets = new WebSocketServer({ noServer: true });
    const backend = http.createServer((_, response) => response.end());
    backend.on("upgrade", (request, socket, head) => {
      sockets.handleUpgrade(request, socket, head, () => undefined);
    });
    stage.ec2.addInstance("i-ws", [[80, await stage.listen(backend)]]);
    await stage.registerHealthy(group, "i-ws");
    const client = new WebSocket(url.replace("http", "ws"));
    await once(client, "open");
    stage.elb.deregisterTarget(group, { id: "i-ws", port: 80 });
    await once(client, "close");
  });

  it("answers a WebSocket handshake itself when no target can", async () => {
    const { url, group } = await stage.balanced([]);
    const refused = async () => {
      const client = new WebSocket(url.replace("http", "ws"));
      const [error] = (await once(client, "error")) as [Error];
      return error.message;
    };
    assert.match(await refused(), /503/);
    stage.ec2.addInstance("i-mute", []);
    stage.elb.registerTarget(group, { id: "i-mute", port: 80 });
    assert.match(await refused(), /502/);
  });

  it("serves a client that offers to change to HTTP/2 as if it had not", async () => {
    const { url } = await stage.balanced([echoHeaders]);
    const offer = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA";
    const answer = await askRaw(url, `GET /path HTTP/1.1\r\nHost: a\r\n${offer}\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 200 /);
    assert.match(answer, /"url":"\/path"/);
    assert.doesNotMatch(answer, /h2c/);
  });

  it("passes on the answer of a target that does not speak WebSocket", async () => {
    const { url } = await stage.balanced([name("plain")]);
    const client = new WebSocket(url.replace("http", "ws"));
    const [error] = (await once(client, "error")) as [Error];
    assert.match(error.message, /200/);
  });
});
