import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { serverIds } from "./servers";

type Answers = Record<string, (request: unknown) => object>;

export interface Monitor {
  readonly address: string;
  stop(): void;
}

/**
 * An engine that takes no time: it registers whatever it is told to, and answers what is looked up,
 * once it has seen to what is to be done first.
 */
export async function startMonitor(
  first: (request: unknown) => Promise<void> = () => Promise.resolve(),
): Promise<Monitor> {
  const server = new grpc.Server();
  for (const service of [ResourceMonitorService, EngineService]) {
    const handlers: grpc.UntypedServiceImplementation = {};
    for (const name of Object.keys(service)) {
      handlers[name] = unary(first, name in ANSWERS ? ANSWERS[name] : empty);
    }
    server.addService(service, handlers);
  }
  const port = await new Promise<number>((resolve, reject) => {
    const credentials = grpc.ServerCredentials.createInsecure();
    server.bindAsync("127.0.0.1:0", credentials, (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  const stop = () => {
    server.forceShutdown();
  };
  return { address: `127.0.0.1:${port}`, stop };
}

const empty = () => new Empty();

const ANSWERS: Answers = {
  supportsFeature: () => new messages.SupportsFeatureResponse().setHassupport(true),
  registerResource: (request) => {
    const response = new messages.RegisterResourceResponse();
    if (!(request instanceof messages.RegisterResourceRequest)) return response;
    const name = request.getName();
    response.setUrn(`urn:pulumi:bench::bench::${request.getType()}::${name}`);
    return response.setId(`${name}-id`).setObject(request.getObject());
  },
  invoke: (request) => {
    const token = request instanceof messages.ResourceInvokeRequest ? request.getTok() : "";
    return new InvokeResponse().setReturn(Struct.fromJavaScript(lookup(token)));
  },
};

const ONE_SUBNET = ["subnet-1"];
const LOOKUPS: Readonly<Record<string, string[]>> = {
  getSubnets: ONE_SUBNET,
  getInstances: serverIds(3),
};

function lookup(token: string): Record<string, string | string[]> {
  const name = token.split("/").at(-1)?.split(":").at(-1) ?? "";
  const ids = name in LOOKUPS ? LOOKUPS[name] : [];
  return { id: "vpc-1", cidrBlock: "10.0.0.0/16", ids };
}

function unary(
  first: (request: unknown) => Promise<void>,
  answer: (request: unknown) => object,
): grpc.handleUnaryCall<unknown, object> {
  return ({ request }, callback) => {
    void first(request).then(() => {
      callback(null, answer(request));
    });
  };
}
