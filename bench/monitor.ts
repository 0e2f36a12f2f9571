import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { serverIds } from "./servers";

/** Fills in the empty answer of the type that the method is declared to have, which differs by the SDK. */
type Answers = Record<string, (request: unknown, answer: object) => object>;

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
    for (const [name, method] of Object.entries(service)) {
      // An engine that lacks it is asked for each feature by itself.
      if (name === "getDeploymentInfo") continue;
      handlers[name] = unary(first, (request) => {
        const empty = emptyAnswer(method);
        return name in ANSWERS ? ANSWERS[name](request, empty) : empty;
      });
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

function emptyAnswer(method: object): object {
  const type: unknown = Reflect.get(method, "responseType");
  const answer: unknown = typeof type === "function" ? Reflect.construct(type, []) : undefined;
  if (typeof answer !== "object" || answer === null) throw new Error("a method has no answer");
  return answer;
}

const ANSWERS: Answers = {
  supportsFeature: () => new messages.SupportsFeatureResponse().setHassupport(true),
  registerResource: (request) => {
    const response = new messages.RegisterResourceResponse();
    if (!(request instanceof messages.RegisterResourceRequest)) return response;
    const name = request.getName();
    response.setUrn(`urn:pulumi:bench::bench::${request.getType()}::${name}`);
    return response.setId(`${name}-id`).setObject(request.getObject());
  },
  invoke: (request, answer) => {
    const token = request instanceof messages.ResourceInvokeRequest ? request.getTok() : "";
    const fill: unknown = Reflect.get(answer, "setReturn");
    if (typeof fill === "function") {
      Reflect.apply(fill, answer, [Struct.fromJavaScript(lookup(token))]);
    }
    return answer;
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
