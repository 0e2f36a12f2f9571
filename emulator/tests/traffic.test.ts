import assert from "node:assert/strict";
import * as http from "node:http";
import { ask } from "./support/httpClient";
import { ElbStage } from "./support/elbStage";

const name =
  (text: string): http.RequestListener =>
  (_, response) => {
    response.end(text);
  };

describe("the spread of traffic", () => {
  let stage: ElbStage;
  beforeEach(() => {
    stage = new ElbStage();
  });
  afterEach(async () => {
    await stage.close();
  });

  it("takes healthy targets in turn", async () => {
    const { url } = await stage.balanced([name("1"), name("2"), name("3")]);
    const bodies = [];
    for (let count = 0; count < 6; count += 1) {
      bodies.push((await ask(url)).body);
    }
    assert.deepEqual(bodies.slice(0, 3).sort(), ["1", "2", "3"]);
    assert.deepEqual(bodies.slice(3), bodies.slice(0, 3));
  });

  it("chooses for each request of a kept-alive connection", async () => {
    const { url } = await stage.balanced([name("1"), name("2")]);
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const bodies = [await ask(url, { agent }), await ask(url, { agent })].map(({ body }) => body);
    agent.destroy();
    assert.deepEqual(bodies.sort(), ["1", "2"]);
  });

  it("keeps its connections to a target open for the next client", async () => {
    const ports = new Set<number | undefined>();
    const { url } = await stage.balanced([
      (request, response) => {
        ports.add(request.socket.remotePort);
        response.end();
      },
    ]);
    await ask(url);
    await ask(url);
    assert.equal(ports.size, 1);
  });

  it("gives to the target with the fewest requests in progress", async () => {
    const held: http.ServerResponse[] = [];
    const arrived = { busy: () => undefined as unknown };
    const isBusy = new Promise((resolve) => {
      arrived.busy = () => {
        resolve(undefined);
      };
    });
    const holdFirst =
      (text: string): http.RequestListener =>
      (request, response) => {
        if (request.url === "/hold") {
          held.push(response);
          arrived.busy();
        } else {
          response.end(text);
        }
      };
    const { url } = await stage.balanced([holdFirst("1"), holdFirst("2")], {
      "load_balancing.algorithm.type": "least_outstanding_requests",
    });
    const holding = ask(`${url}/hold`);
    await isBusy;
    const bodies = new Set<string>();
    for (let count = 0; count < 4; count += 1) {
      bodies.add((await ask(url)).body);
    }
    held[0]?.end("held");
    await holding;
    assert.equal(bodies.size, 1);
  });

  it("reaches every target at random under weighted_random", async () => {
    const { url } = await stage.balanced([name("1"), name("2")], {
      "load_balancing.algorithm.type": "weighted_random",
    });
    const bodies = new Set<string>();
    for (let count = 0; count < 60 && bodies.size < 2; count += 1) {
      bodies.add((await ask(url)).body);
    }
    assert.equal(bodies.size, 2);
  });
});
