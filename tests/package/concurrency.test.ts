import assert from "node:assert/strict";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { startProvider } from "../../tools/bench/contestants";
import { startMonitor } from "../../tools/bench/monitor";
import { constructGroup } from "../../tools/bench/providerStart";
import { bundle } from "../../tools/package/bundle";
import { useScratch } from "../support/scratch";

const GROUPS = Array.from({ length: 50 }, (_, index) => `web${index}`);
const TYPE = "load-balanced-group:index:LoadBalancedGroup";

describe("fifty groups in one stack", function () {
  this.timeout(60_000);
  const scratch = useScratch();

  it("are constructed side by side: none waits until another is done", async () => {
    await bundle(scratch());
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
    const entry = path.join(scratch(), "index.js");
    const command = { command: process.execPath, args: [entry, monitor.address] };
    const provider = await startProvider(command, scratch(), {});
    const address = `127.0.0.1:${provider.port}`;
    const client = new ResourceProviderClient(address, grpc.credentials.createInsecure());
    const groups = GROUPS.map((name) => constructGroup(client, monitor.address, name));
    try {
      await Promise.race([allBegun, ...groups]);
      assert.equal(begun, GROUPS.length);
    } finally {
      client.close();
      await provider.stop();
      monitor.stop();
      await Promise.allSettled(groups);
    }
  });
});

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
