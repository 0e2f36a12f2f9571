import assert from "node:assert/strict";
import { once } from "node:events";
import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";
import WebSocket, { WebSocketServer } from "ws";
import type { Listener, RedirectAction } from "../aws";
import { CERTIFICATE, OTHER_CERTIFICATE } from "./support/testEc2";
import { ask, askSecurely } from "./support/httpClient";
import { ElbStage, HEALTH_CHECK } from "./support/elbStage";
import { handshake } from "./support/handshake";
import { certificateFor } from "../elb/certificates";

const SAME: RedirectAction = {
  type: "redirect",
  protocol: "#{protocol}",
  host: "#{host}",
  port: "#{port}",
  path: "/#{path}",
  query: "#{query}",
  statusCode: "HTTP_301",
};

const HTTPS = { protocol: "HTTPS", port: 443, certificateArn: CERTIFICATE } as const;

const hello: http.RequestListener = (request, response) => {
  response.end(JSON.stringify(request.headers));
};

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

describe("listeners", () => {
  let stage: ElbStage;
  beforeEach(() => {
    stage = new ElbStage();
  });
  afterEach(async () => {
    await stage.close();
  });

  const urlOf = ({ listenerArn }: Listener) => stage.elb.listenerUrl(listenerArn);

  const redirecting = async (change: Partial<RedirectAction>, listener: Partial<Listener> = {}) => {
    const { loadBalancerArn } = stage.loadBalancer();
    return stage.elb.createListener({
      loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultAction: { ...SAME, ...change },
      ...listener,
    });
  };

  describe("redirects", () => {
    it("fills in the parts of the request's URL and shows the port", async () => {
      const url = urlOf(await redirecting({ protocol: "HTTPS", port: "443" }));
      const { status, headers, body } = await ask(`${url}/a/b?c=d`, {
        headers: { Host: "Example.com:80" },
      });
      assert.equal(status, 301);
      assert.equal(headers.location, "https://Example.com:443/a/b?c=d");
      assert.equal(body.length, 134);
      assert.equal((await ask(url)).headers.location, "https://127.0.0.1:443/");
    });

    it("replaces host, path and query, with a 302 if asked", async () => {
      const url = urlOf(
        await redirecting({
          host: "new.#{host}",
          path: "/v2/#{path}",
          query: "from=#{port}&#{query}",
          statusCode: "HTTP_302",
        }),
      );
      const { status, headers } = await ask(`${url}/p?q=1`, { headers: { Host: "example.com" } });
      assert.equal(status, 302);
      assert.equal(headers.location, "http://new.example.com:80/v2/p?from=80&q=1");
    });

    it("leads to where the other listener is found on this machine", async () => {
      const http80 = await redirecting({ protocol: "HTTPS", port: "443" });
      const targetGroupArn = stage.group();
      const https443 = await stage.elb.createListener({
        ...HTTPS,
        loadBalancerArn: http80.loadBalancerArn,
        defaultAction: { type: "forward", targetGroupArn },
      });
      assert.equal((await ask(urlOf(http80))).headers.location, `${urlOf(https443)}/`);
    });

    it("encodes what a URL can't hold, as in a path that is not percent-encoded", async () => {
      const url = urlOf(await redirecting({ path: "/ä b\r\n\ud800/#{path}", query: "ö" }));
      const { status, headers } = await ask(`${url}/p`, { headers: { Host: "example.com" } });
      assert.equal(status, 301);
      const encoded = "/%C3%A4%20b%0D%0A%EF%BF%BD/p?%C3%B6";
      assert.equal(headers.location?.replace(/^.*:\d+/, ""), encoded);
    });

    it("answers 507 when the URL gets too long", async () => {
      const url = urlOf(await redirecting({ protocol: "HTTPS", port: "443" }));
      assert.equal((await ask(`${url}/${"a".repeat(3000)}`)).status, 507);
    });
  });

  describe("TLS", () => {
    it("serves HTTPS and sends the protocol to the target", async () => {
      const group = stage.group();
      const listener = await stage.forward(group, {}, HTTPS);
      await stage.addServer("i-1", hello);
      await stage.registerHealthy(group, "i-1");
      assert.match(urlOf(listener), /^https:\/\/127\.0\.0\.1:\d+$/);
      const { body } = await askSecurely(urlOf(listener));
      const headers = JSON.parse(body) as http.IncomingHttpHeaders;
      assert.equal(headers["x-forwarded-proto"], "https");
      assert.equal(headers["x-forwarded-port"], "443");
      assert.equal(listener.sslPolicy, "ELBSecurityPolicy-2016-08");
    });

    it("sends the target the TLS version and the cipher if the attribute says so", async () => {
      const group = stage.group();
      const key = "routing.http.x_amzn_tls_version_and_cipher_suite.enabled";
      const listener = await stage.forward(group, { [key]: "true" }, HTTPS);
      await stage.addServer("i-1", hello);
      await stage.registerHealthy(group, "i-1");
      const { body } = await askSecurely(urlOf(listener), { maxVersion: "TLSv1.2" });
      const headers = JSON.parse(body) as http.IncomingHttpHeaders;
      assert.equal(headers["x-amzn-tls-version"], "TLSv1.2");
      assert.match(String(headers["x-amzn-tls-cipher-suite"]), /^TLS_/);
    });

    it("shows a certificate of its own per ARN, and a changed one at once", async () => {
      const listener = await stage.forward(stage.group(), {}, HTTPS);
      const url = urlOf(listener);
      const { names } = await handshake(url);
      assert.ok(names.includes(CERTIFICATE) && names.includes("127.0.0.1"), names);
      await stage.elb.modifyListener(listener.listenerArn, {
        ...listener,
        certificateArn: OTHER_CERTIFICATE,
      });
      assert.equal(urlOf(listener), url);
      assert.ok((await handshake(url)).names.includes(OTHER_CERTIFICATE));
    });

    it("speaks the versions of TLS that the policy admits", async () => {
      const listener = await stage.forward(
        stage.group(),
        {},
        {
          ...HTTPS,
          sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
        },
      );
      assert.equal((await handshake(urlOf(listener))).tls, "TLSv1.3");
      await assert.rejects(handshake(urlOf(listener), { maxVersion: "TLSv1.2" }));
    });

    it("speaks HTTPS to targets without judging their certificates", async () => {
      const server = https.createServer(
        await certificateFor({ certificateArn: "its own", domainNames: [] }),
        hello,
      );
      stage.ec2.addInstance("i-1", [[443, await stage.listen(server)]]);
      const group = stage.group(
        {},
        { protocol: "HTTPS", healthCheck: { ...HEALTH_CHECK, protocol: "HTTPS" } },
      );
      const listener = await stage.forward(group);
      const healthy = stage.reaches("i-1", "healthy");
      stage.elb.registerTarget(group, { id: "i-1", port: 443 });
      await healthy;
      assert.equal((await ask(urlOf(listener))).status, 200);
    });
  });

  describe("ports", () => {
    it("binds a port from 1024 on as it is, and refuses one that is taken", async () => {
      const port = await freePort();
      const listener = await stage.forward(stage.group(), {}, { port });
      assert.equal(urlOf(listener), `http://127.0.0.1:${port}`);
      await assert.rejects(stage.forward(stage.group(), {}, { port }), (error: Error) => {
        assert.match(error.message, new RegExp(`port ${port} of this machine is taken`));
        assert.match(error.message, /choose another listener port/);
        return true;
      });
    });

    it("keeps nothing of a listener whose port was taken", async () => {
      const busy = await stage.listen(net.createServer());
      const group = stage.group();
      await assert.rejects(stage.forward(group, {}, { port: busy }), { code: "PortNotAvailable" });
      stage.elb.deleteTargetGroup(group);
    });

    it("frees the port when the listener goes", async () => {
      const port = await freePort();
      const first = await stage.forward(stage.group(), {}, { port });
      await stage.elb.deleteListener(first.listenerArn);
      await stage.forward(stage.group(), {}, { port });
    });

    it("moves to another port, and to HTTPS on the same one", async () => {
      const [before, after] = [await freePort(), await freePort()];
      const listener = await stage.forward(stage.group(), {}, { port: before });
      await stage.elb.modifyListener(listener.listenerArn, { ...listener, port: after });
      assert.equal((await ask(urlOf(listener))).status, 503);
      await assert.rejects(ask(`http://127.0.0.1:${before}`), { code: "ECONNREFUSED" });
      await stage.elb.modifyListener(listener.listenerArn, { ...listener, ...HTTPS, port: after });
      assert.equal((await askSecurely(`https://127.0.0.1:${after}`)).status, 503);
    });
  });

  describe("changes under traffic", () => {
    it("forwards the next request of an open connection to the new group", async () => {
      const { url, listener } = await stage.balanced([undefined]);
      const next = stage.group();
      await stage.addServer("i-2");
      stage.elb.registerTarget(next, { id: "i-2", port: 80 });
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      assert.equal((await ask(url, { agent })).body, "i-1");
      const { defaultAction, ...rest } = listener;
      assert.equal(defaultAction.type, "forward");
      await stage.elb.modifyListener(listener.listenerArn, {
        ...rest,
        defaultAction: { type: "forward", targetGroupArn: next },
      });
      assert.equal((await ask(url, { agent })).body, "i-2");
      agent.destroy();
    });

    it("answers what is under way when a listener goes, and takes nothing new", async () => {
      let arrive: (response: http.ServerResponse) => void = () => undefined;
      const arrived = new Promise<http.ServerResponse>((resolve) => {
        arrive = resolve;
      });
      const { url, listener } = await stage.balanced([
        (_, response) => {
          arrive(response);
        },
      ]);
      const answer = ask(url);
      const response = await arrived;
      await stage.elb.deleteListener(listener.listenerArn);
      await assert.rejects(ask(url), { code: "ECONNREFUSED" });
      response.end("done");
      assert.equal((await answer).body, "done");
    });

    it("ends a client's connection when it has lasted for its time", async () => {
      const { url } = await stage.balanced([undefined], {}, { "client_keep_alive.seconds": "60" });
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      assert.equal((await ask(url, { agent })).headers.connection, "keep-alive");
      const now = Date.now;
      Date.now = () => now() + 60_001;
      try {
        assert.equal((await ask(url, { agent })).headers.connection, "close");
      } finally {
        Date.now = now;
        agent.destroy();
      }
    });

    it("closes a kept-alive connection after the answer that was under way", async () => {
      let arrive: (response: http.ServerResponse) => void = () => undefined;
      const arrived = new Promise<http.ServerResponse>((resolve) => {
        arrive = resolve;
      });
      const { url, listener } = await stage.balanced([
        (_, response) => {
          arrive(response);
        },
      ]);
      const socket = net.connect(Number(new URL(url).port), "127.0.0.1");
      const twice = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2);
      socket.write(twice);
      const response = await arrived;
      await stage.elb.deleteListener(listener.listenerArn);
      await stage.elb.deleteLoadBalancer(listener.loadBalancerArn);
      response.end("done");
      let answer = "";
      for await (const chunk of socket) {
        answer += String(chunk);
      }
      assert.equal(answer.match(/HTTP\/1\.1 200/g)?.length, 1);
    });

    it("answers 503 over a connection that has outlived its listener", async () => {
      const { url, listener } = await stage.balanced([undefined]);
      const socket = net.connect(Number(new URL(url).port), "127.0.0.1");
      await once(socket, "connect");
      await ask(url);
      await stage.elb.deleteListener(listener.listenerArn);
      await stage.elb.deleteLoadBalancer(listener.loadBalancerArn);
      socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      let answer = "";
      for await (const chunk of socket) {
        answer += String(chunk);
      }
      assert.match(answer, /^HTTP\/1\.1 503 [^]*Connection: close/);
    });

    it("ends every connection when the load balancer goes", async () => {
      const { url, group, listener } = await stage.balanced([]);
      const sockets = new WebSocketServer({ noServer: true });
      const backend = http.createServer((_, response) => response.end());
      backend.on("upgrade", (request, socket, head) => {
        sockets.handleUpgrade(request, socket, head, () => undefined);
      });
      stage.ec2.addInstance("i-ws", [[80, await stage.listen(backend)]]);
      await stage.registerHealthy(group, "i-ws");
      const client = new WebSocket(url.replace("http", "ws"));
      await once(client, "open");
      await stage.elb.deleteLoadBalancer(listener.loadBalancerArn);
      await once(client, "close");
      assert.equal(stage.elb.describeTargetHealth(group)[0]?.state, "unused");
    });
  });
});
