import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect as connectHttp2 } from "node:http2";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import {
  ResourceProviderClient,
  ResourceProviderService,
} from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { SupportsFeatureRequest } from "@pulumi/pulumi/proto/resource_pb";
import { type JavaScriptValue, Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import { type Monitor, startMonitor } from "../../bench/monitor";
import { constructGroup } from "../../bench/providerStart";
import { type RunningProvider, startProvider } from "../../bench/variants";
import { bundle } from "../../tools/package/bundle";

const CONSTRUCT = ResourceProviderService.construct.path;
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** A message is sent in the trailers of a call. Clients break off the connection if these are too long. */
const LONGEST_MESSAGE = 8000;

const { UNKNOWN, INVALID_ARGUMENT, UNAVAILABLE } = grpc.status;
const REFUSALS: readonly grpc.status[] = [UNKNOWN, INVALID_ARGUMENT, UNAVAILABLE];

describe("a client that sends garbage", function () {
  this.timeout(60_000);
  let folder: string;
  let provider: RunningProvider;
  let monitor: Monitor;
  let address: string;
  const servers: Server[] = [];
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "load balanced group "));
    await bundle(folder);
    monitor = await startMonitor();
    const args = [path.join(folder, "index.js"), monitor.address];
    provider = await startProvider({ command: process.execPath, args }, folder, {});
    address = `127.0.0.1:${provider.port}`;
  });
  after(async () => {
    for (const server of servers) server.close();
    monitor.stop();
    await provider.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("gets an error for each call that it can't decode or that no provider has", async () => {
    const paths = Object.values(ResourceProviderService).map(({ path: one }) => one);
    assert.ok(paths.includes(CONSTRUCT));
    for (const one of [...paths, "/pulumirpc.ResourceProvider/Nope", "/other.Service/Nope"]) {
      const { code } = await send(one, Buffer.from("ff00ffdeadbeef99887766", "hex"));
      assert.ok(code === grpc.status.INTERNAL || code === grpc.status.UNIMPLEMENTED, one);
    }
    for (const one of paths) await send(one, Buffer.alloc(0));
    await constructsGroups();
  });

  it("gets an error for a message that claims to have 4 GB", async () => {
    const session = connectHttp2(`http://${address}`);
    try {
      const stream = session.request({
        ":method": "POST",
        ":path": CONSTRUCT,
        "content-type": "application/grpc",
        te: "trailers",
      });
      stream.write(Buffer.from([0, 0xff, 0xff, 0xff, 0xff, 1, 2, 3]));
      const [headers] = (await once(stream, "response")) as [Record<string, unknown>];
      assert.equal(Number(headers["grpc-status"]), grpc.status.RESOURCE_EXHAUSTED);
    } finally {
      session.destroy();
    }
    await constructsGroups();
  });

  const marked = (signature: JavaScriptValue, rest: Record<string, JavaScriptValue> = {}) =>
    Struct.fromJavaScript({ instanceIds: { [SIGNATURE]: signature, ...rest } });
  const withText = (key: string, text: string) => Struct.fromJavaScript({ [key]: text });
  const HUGE = "x".repeat(10_000_000);
  const REQUESTS: Record<string, (request: ConstructRequest) => unknown> = {
    "an unknown type": (request) => request.setType("other:index:Group"),
    "a type of 10 MB": (request) => request.setType(HUGE),
    "no name": (request) => request.setName(""),
    "a name of 10 MB": (request) => request.setName(HUGE),
    "no inputs": (request) => {
      request.clearInputs();
    },
    "a value without a kind": (request) =>
      request.getInputs()?.getFieldsMap().set("instanceIds", new Value()),
    "an unknown signature": (request) => request.setInputs(marked("other")),
    "a secret without a value": (request) => request.setInputs(marked(SECRET)),
    "a secret of another type": (request) => request.setInputs(marked(SECRET, { value: 5 })),
    "a resource without a URN": (request) => request.setInputs(marked(RESOURCE, { urn: 5 })),
    "an asset without contents": (request) => request.setInputs(marked(ASSET)),
    "an asset in place of IDs": (request) => request.setInputs(marked(ASSET, { path: "/none" })),
    "an output with wrong dependencies": (request) =>
      request.setInputs(marked(OUTPUT, { value: 5, secret: "yes", dependencies: 5 })),
    "a key of the prototype": (request) => request.setInputs(withText("__proto__", "x")),
    "a text of 10 MB": (request) => request.setInputs(withText("vpcId", HUGE)),
    "a key of 10 MB": (request) => request.setInputs(withText(HUGE, "x")),
    "1000 levels": (request) => request.setInputs(nested(1000)),
    "200,000 servers": (request) =>
      request.setInputs(
        Struct.fromJavaScript({
          availabilityZones: ["us-west-2a", "us-west-2b"],
          instanceIds: Array.from({ length: 200_000 }, (_, index) => `i-${10_000_000 + index}`),
        }),
      ),
    "a reference to a provider that is none": (request) =>
      request.getProvidersMap().set("aws", "garbage"),
    "an address of no engine": (request) => request.setMonitorendpoint("127.0.0.1:1"),
    "an address that is none": (request) => request.setMonitorendpoint("::garbage://x"),
  };

  it("gets a short error for each group that can't be constructed", async () => {
    for (const [what, change] of Object.entries(REQUESTS)) {
      const request = groupRequest();
      change(request);
      const { code, details } = await construct(request);
      assert.ok(REFUSALS.includes(code), `${what}: ${code} ${details}`);
      assert.ok(details.length < LONGEST_MESSAGE, `${what}: ${details.length}`);
    }
    await constructsGroups();
  });

  it("gets an error if the inputs are nested too deep to be read", async () => {
    const { code } = await send(CONSTRUCT, deepRequest(100_000));
    assert.equal(code, grpc.status.INTERNAL);
    await constructsGroups();
  });

  it("gets an error if the engine that it names hangs up or is none", async () => {
    const rude = await listen((socket) => socket.once("data", () => socket.destroy()));
    const http1 = await listen((socket) => socket.write("HTTP/1.1 200 OK\r\n\r\n"));
    const leaving: Monitor = await startMonitor((request) => {
      if (request instanceof SupportsFeatureRequest) leaving.stop();
      return Promise.resolve();
    });
    for (const engine of [rude, http1, leaving.address]) {
      const { code } = await construct(groupRequest().setMonitorendpoint(engine));
      assert.ok(code === grpc.status.UNAVAILABLE || code === grpc.status.CANCELLED, `${code}`);
    }
    await constructsGroups();
  });

  it("can cancel, or go away, while the engine that it names is silent", async () => {
    let connected = () => {};
    const reached = new Promise<void>((resolve) => {
      connected = resolve;
    });
    const silent = await listen(() => {
      connected();
    });
    const clients = Array.from({ length: 30 }, newClient);
    const request = groupRequest().setMonitorendpoint(silent);
    const calls = clients.map((client) => client.construct(request, () => undefined));
    await reached;
    for (const call of calls.slice(0, 15)) call.cancel();
    for (const client of clients) client.close();
    await constructsGroups();
  });

  it("is not in the way of groups that are constructed at the same time", async () => {
    const wrong = Array.from({ length: 5 }, () =>
      construct(groupRequest().setInputs(marked("other"))),
    );
    const clients = Array.from({ length: 5 }, newClient);
    await Promise.all(
      clients.map((client, index) => constructGroup(client, monitor.address, `web${index}`)),
    );
    for (const client of clients) client.close();
    for (const { code } of await Promise.all(wrong)) assert.equal(code, grpc.status.UNKNOWN);
  });

  function groupRequest(): ConstructRequest {
    return new ConstructRequest()
      .setProject("project")
      .setStack("stack")
      .setDryrun(true)
      .setParallel(16)
      .setMonitorendpoint(monitor.address)
      .setType("load-balanced-group:index:LoadBalancedGroup")
      .setName("web")
      .setInputs(new Struct());
  }

  /** A group that is created although the same provider was sent garbage before. */
  async function constructsGroups(): Promise<void> {
    const client = newClient();
    try {
      await constructGroup(client, monitor.address, "honest");
    } finally {
      client.close();
    }
  }

  /** Each has a connection of its own, as the clients of different processes do. */
  function newClient(): ResourceProviderClient {
    return new ResourceProviderClient(address, grpc.credentials.createInsecure(), OWN_CONNECTION);
  }

  function construct(request: ConstructRequest): Promise<grpc.StatusObject> {
    return send(CONSTRUCT, Buffer.from(request.serializeBinary()));
  }

  /** Sends bytes, and waits for the status of the answer. */
  async function send(method: string, bytes: Buffer): Promise<grpc.StatusObject> {
    const client = new grpc.Client(address, grpc.credentials.createInsecure(), OWN_CONNECTION);
    const same = (one: Buffer) => one;
    const call = client.makeUnaryRequest(method, same, same, bytes, () => undefined);
    const [status] = (await once(call, "status")) as [grpc.StatusObject];
    client.close();
    return status;
  }

  async function listen(greet: Parameters<typeof createServer>[1]): Promise<string> {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      greet?.(socket);
    });
    servers.push(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return `127.0.0.1:${port}`;
  }
});

const OWN_CONNECTION = {
  "grpc.use_local_subchannel_pool": 1,
  "grpc.max_send_message_length": -1,
};

function nested(depth: number): Struct {
  let value: JavaScriptValue = "deep";
  for (let level = 0; level < depth; level += 1) value = [value];
  return Struct.fromJavaScript({ instanceIds: value });
}

/** A request whose inputs are nested too deep for the encoder of the SDK too. */
function deepRequest(depth: number): Buffer {
  let contents = field(3, Buffer.from("deep"));
  const heads: Buffer[] = [];
  let length = contents.length;
  // A value that is a list (6) with one value (1), and so on.
  for (let level = 0; level < depth * 2; level += 1) {
    const head = Buffer.from([((level % 2 === 0 ? 1 : 6) << 3) | 2, ...varint(length)]);
    heads.push(head);
    length += head.length;
  }
  contents = Buffer.concat([...heads.reverse(), contents]);
  const entry = Buffer.concat([field(1, Buffer.from("instanceIds")), field(2, contents)]);
  return field(INPUTS, field(1, entry));
}

/** The number of the field in ConstructRequest. */
const INPUTS = 10;

const field = (number: number, contents: Buffer) =>
  Buffer.concat([Buffer.from([(number << 3) | 2, ...varint(contents.length)]), contents]);

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
