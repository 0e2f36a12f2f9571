import { once } from "node:events";
import * as net from "node:net";
import * as grpc from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { NewCaller } from "./awsCalls";
import { checkProperties } from "./check";
import { configurationFaults, providerVersion } from "./configuration";
import { ConnectionRefusedError, oneError, toServiceError } from "./errors";
import { providerFunction } from "./functions";
import { failureMessage, Lifecycle } from "./lifecycle";
import type { OperationKind, Operations } from "./operations";
import { packageSchema } from "./packageSchema";
import { ResourceProvider } from "./resourceProvider";
import { type Aws } from "./resourceType";
import { receive, send } from "./values";

/** Larger than any program's: the engine's own bound. */
const MAXIMUM_MESSAGE_BYTES = 400 * 1024 * 1024;

/** Whether a connection belongs to an engine that knows its provider. */
interface Greeting {
  isGreeted: boolean;
}

type Answer<Request, Response> = (request: Request) => Response | Promise<Response>;

/**
 * The `aws` provider behind a port, which the engine is pointed to.
 *
 * An engine takes each of its connections for a process of its own, so each is served, canceled and broken by
 * itself.
 */
export class ProviderServer {
  private readonly ends = new Set<() => void>();
  private hasCrashed = false;

  private constructor(
    private readonly server: net.Server,
    readonly port: number,
  ) {}

  static async start(
    services: Omit<Aws, "calls">,
    newCaller: NewCaller,
    operations: Operations,
  ): Promise<ProviderServer> {
    const server = net.createServer({ noDelay: true });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("it has no port");
    const provider = new ProviderServer(server, address.port);
    server.on("connection", (socket) => {
      provider.serve(socket, services, newCaller, operations);
    });
    return provider;
  }

  close(): void {
    this.server.close();
    for (const end of this.ends) end();
  }

  private serve(
    socket: net.Socket,
    services: Omit<Aws, "calls">,
    newCaller: NewCaller,
    operations: Operations,
  ): void {
    const calls = newCaller(() => {
      this.hasCrashed = true;
      socket.destroy();
    });
    // An engine whose provider crashed connects again by itself, and must not find another in its place.
    const engine = { isGreeted: !this.hasCrashed };
    const connection = Symbol();
    const follow: Follow = (kind, urn, change) => operations.follow(connection, kind, urn, change);
    const server = new grpc.Server({
      "grpc.max_receive_message_length": MAXIMUM_MESSAGE_BYTES,
    });
    server.addService(ResourceProviderService, handlers({ ...services, calls }, engine, follow));
    const credentials = grpc.ServerCredentials.createInsecure();
    server.createConnectionInjector(credentials).injectConnection(socket);
    const end = () => {
      calls.cancel();
      socket.destroy();
    };
    this.ends.add(end);
    socket.once("close", () => {
      this.ends.delete(end);
      operations.left(connection);
      server.forceShutdown();
    });
  }
}

type Follow = <T>(kind: OperationKind, urn: string, change: () => Promise<T>) => Promise<T>;

function handlers(aws: Aws, engine: Greeting, follow: Follow): grpc.UntypedServiceImplementation {
  const lifecycle = new Lifecycle(new ResourceProvider(aws));
  const unary = <Request, Response>(answer: Answer<Request, Response>) =>
    replying((request: Request) => {
      if (!engine.isGreeted) throw new ConnectionRefusedError();
      return answer(request);
    });
  return {
    handshake: replying(() => {
      engine.isGreeted = true;
      const response = new messages.ProviderHandshakeResponse();
      return response.setAcceptSecrets(true);
    }),
    attach: replying<PluginAttach, Empty>(() => {
      engine.isGreeted = true;
      return new Empty();
    }),
    getPluginInfo: unary<Empty, PluginInfo>(() => new PluginInfo().setVersion(providerVersion())),
    getSchema: unary(() => new messages.GetSchemaResponse().setSchema(packageSchema())),
    checkConfig: unary((request: messages.CheckRequest) => checkConfig(request, aws.ec2.region)),
    diffConfig: unary(() => {
      const response = new messages.DiffResponse();
      return response.setChanges(messages.DiffResponse.DiffChanges.DIFF_NONE);
    }),
    configure: unary(() => {
      const response = new messages.ConfigureResponse();
      response.setAcceptsecrets(true);
      return response.setSupportspreview(true);
    }),
    check: unary((request: messages.CheckRequest) => lifecycle.check(request)),
    diff: unary((request: messages.DiffRequest) => lifecycle.diff(request)),
    create: unary((request: messages.CreateRequest) => {
      const create = () => lifecycle.create(request);
      return request.getPreview() ? create() : follow("create", request.getUrn(), create);
    }),
    read: unary((request: messages.ReadRequest) => lifecycle.read(request)),
    update: unary((request: messages.UpdateRequest) => {
      const update = () => lifecycle.update(request);
      return request.getPreview() ? update() : follow("update", request.getUrn(), update);
    }),
    delete: unary(async (request: messages.DeleteRequest) => {
      await follow("delete", request.getUrn(), () => lifecycle.delete(request));
      return new Empty();
    }),
    invoke: unary((request: messages.InvokeRequest) => invoke(request, aws)),
    cancel: unary(() => {
      aws.calls.cancel();
      return new Empty();
    }),
  };
}

/** An answer, or an error that the engine can show. */
function replying<Request, Response>(
  answer: Answer<Request, Response>,
): grpc.handleUnaryCall<Request, Response> {
  const settled = async (request: Request): Promise<Response> => answer(request);
  return (call, callback) => {
    settled(call.request).then(
      (response) => {
        callback(null, response);
      },
      (error: unknown) => {
        callback(toServiceError(error));
      },
    );
  };
}

function checkConfig(request: messages.CheckRequest, region: string): messages.CheckResponse {
  const { properties } = receive(request.getNews());
  const response = new messages.CheckResponse();
  response.setInputs(request.getNews());
  return response.setFailuresList(configurationFaults(properties, region).map(failureMessage));
}

async function invoke(request: messages.InvokeRequest, aws: Aws): Promise<messages.InvokeResponse> {
  const asked = providerFunction(request.getTok());
  const { properties, secrets } = receive(request.getArgs());
  const { inputs, failures } = checkProperties(asked.inputs, properties, asked.token);
  const response = new messages.InvokeResponse();
  if (failures.length > 0) {
    return response.setFailuresList(failures.map(failureMessage));
  }
  try {
    const result = await asked.invoke(inputs, aws);
    // What was asked for is part of the answer, as it is of the real provider's.
    return response.setReturn(send({ ...inputs, ...result }, secrets));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`invoking ${asked.token}: ${oneError(message)}`, { cause: error });
  }
}
