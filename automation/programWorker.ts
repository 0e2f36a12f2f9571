import "./lightSdk";
import { parentPort, workerData } from "node:worker_threads";
import * as grpc from "@grpc/grpc-js";
import * as pulumi from "@pulumi/pulumi";
import * as sdkServer from "@pulumi/pulumi/automation/server";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { entriesOf, valueAt } from "../components/checks";
import stack from "../stacks";
import { keepResources } from "./healthySwitch/formerNames";
import type { Message } from "./programHost";

/*
 * The thread that runs the program for one operation. It has a server that the engine calls like a language
 * host. The SDK's server runs the program, but never answers if the program fails in an output
 * (https://github.com/pulumi/pulumi/issues/10744). So this server answers at the program's first error.
 */

const send = (message: Message) => parentPort?.postMessage(message);

/** Answers the engine's call when the program has failed. */
let answer: (message: string) => void = () => undefined;
const reported = new Set<unknown>();

function fail(error: unknown): void {
  // If a call to the engine fails, the engine reports the error as an event.
  if (reported.has(error) || isGrpcError(error)) return;
  reported.add(error);
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const problems = pulumi.InputPropertiesError.isInstance(error) ? error.errors : undefined;
  send({ failure: { message, stack, problems } });
  answer(message);
}

const isGrpcError = (error: unknown) => typeof valueAt(error, "details") === "string";

async function program(): Promise<Record<string, unknown>> {
  try {
    keepResources(entriesOf(workerData).map(([newKey, former]) => [newKey, String(former)]));
    return await stack();
  } catch (error) {
    fail(error);
    throw error;
  }
}

const UNSUPPORTED =
  "this version of @pulumi/pulumi is not supported, because its LanguageServer is different; install a version that " +
  "the file docs/compatibility.md of the package load-balanced-group lists";

/** The SDK's server, which is missing in its types. */
function languageServer(): object {
  const constructor: unknown = Reflect.get(sdkServer, "LanguageServer");
  if (typeof constructor !== "function") {
    throw new Error(UNSUPPORTED);
  }
  const made: unknown = Reflect.construct(constructor, [program]);
  if (typeof made !== "object" || made === null) {
    throw new Error(UNSUPPORTED);
  }
  return made;
}

function start(): void {
  const sdk = languageServer();
  const sdkMethod = (name: string) => (call: unknown, callback: unknown) => {
    const method: unknown = Reflect.get(sdk, name);
    if (typeof method === "function") Reflect.apply(method, sdk, [call, callback]);
  };
  const server = new grpc.Server();
  server.addService(LanguageRuntimeService, {
    getRequiredPlugins: sdkMethod("getRequiredPlugins"),
    getPluginInfo: sdkMethod("getPluginInfo"),
    run: (call: unknown, callback: (error: null, response: RunResponse) => void) => {
      answer = (message) => {
        answer = () => undefined;
        const response = new RunResponse();
        response.setError(message);
        callback(null, response);
      };
      sdkMethod("run")(call, (error: unknown, response?: RunResponse) => {
        const message = error instanceof Error ? error.message : response?.getError();
        answer(message ?? "");
      });
    },
  });
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    send({ port });
  });
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
start();
