import assert from "node:assert/strict";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { startProvider } from "../../bench/variants";
import { startMonitor, type Monitor } from "../../bench/monitor";
import { constructGroup } from "../../bench/providerStart";
import { bundle } from "../../tools/package/bundle";
import { useScratch } from "../support/scratch";

const GROUPS = Array.from({ length: 50 }, (_, index) => `web${index}`);
const TYPE = "load-balanced-group:index:LoadBalancedGroup";

describe("many groups in one stack", function () {
  this.timeout(60_000);
  const scratch = useScratch();

  it("are constructed side by side: none waits until another is done", async () => {
    let begun = 0;
    const { promise: allBegun, resolve } = deferred();
    // Answers none of them, so that one that waited for another would never begin.
    const monitor = await startMonitor((request) => {
      if (!(request instanceof RegisterResourceRequest) || request.getType() !== TYPE) {
        return Promise.resolve();
      }
      begun += 1;
      if (begun === GROUPS.length) resolve();
      return new Promise(() => undefined);
    });
    const { client, stop } = await serve(monitor);
    const groups = GROUPS.map((name) => constructGroup(client, monitor.address, name));
    try {
      await Promise.race([allBegun, ...groups]);
      assert.equal(begun, GROUPS.length);
    } finally {
      await stop();
      await Promise.allSettled(groups);
    }
  });

  it("are created although one of them is refused, and only that one reports why", async () => {
    const made = new Set<string>();
    const monitor = await startMonitor((request) => {
      if (request instanceof RegisterResourceRequest && request.getName().endsWith("-alb")) {
        made.add(request.getName());
      }
      return Promise.resolve();
    });
    const { client, stop } = await serve(monitor);
    const names = GROUPS.slice(0, 20);
    const [wrong] = names.splice(7, 1);
    try {
      const ids = ["i-00000000000000bad"];
      const refused = constructGroup(client, monitor.address, wrong, ids);
      const others = names.map((name) => constructGroup(client, monitor.address, name));
      await assert.rejects(refused, /instanceIds\[0\]|invalid arguments/);
      await Promise.all(others);
      assert.deepEqual([...made].sort(), names.map((name) => `${name}-alb`).sort());
    } finally {
      await stop();
    }
  });

  it("are refused in an answer small enough for every client, with any number of problems", async () => {
    const monitor = await startMonitor();
    const { client, stop } = await serve(monitor);
    try {
      const ids = Array.from(
        { length: 5000 },
        (_, index) => `i-${String(index).padStart(17, "0")}`,
      );
      const refused = constructGroup(client, monitor.address, "web", ids);
      await assert.rejects(refused, (error: grpc.ServiceError) => {
        assert.match(error.details, /and 49\d\d more, which are shown when these are corrected/);
        const size = error.metadata
          .get("grpc-status-details-bin")
          .reduce((sum, value) => sum + value.length, error.details.length);
        assert.ok(size < 8192, String(size));
        return true;
      });
    } finally {
      await stop();
    }
  });

  async function serve(monitor: Monitor) {
    await bundle(scratch());
    const entry = path.join(scratch(), "index.js");
    const command = { command: process.execPath, args: [entry, monitor.address] };
    const provider = await startProvider(command, scratch(), {});
    const address = `127.0.0.1:${provider.port}`;
    const client = new ResourceProviderClient(address, grpc.credentials.createInsecure());
    return {
      client,
      stop: async () => {
        client.close();
        await provider.stop();
        monitor.stop();
      },
    };
  }
});

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
