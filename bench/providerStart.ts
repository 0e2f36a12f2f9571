import { readFile } from "node:fs/promises";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Command, startProvider } from "./variants";
import { startMonitor } from "./monitor";
import { serverIds } from "./servers";
import type { Setup } from "./setup";

/** What a provider's process costs before it has made anything, and for the first group. */
export interface ProviderStart {
  /** Milliseconds until it has printed its port. */
  readonly port: number;
  /** Milliseconds that its first group takes. */
  readonly construct: number;
  /** The most memory that it had by then, in MiB, where the system tells. */
  readonly memory?: number;
}

/** Starts a provider without an engine, and has it construct one group. */
export async function measureProviderStart(
  { folder, environment }: Setup,
  command: Command,
): Promise<ProviderStart> {
  const monitor = await startMonitor();
  const start = process.hrtime.bigint();
  const args = [...command.args, monitor.address];
  const provider = await startProvider({ ...command, args }, folder, environment);
  const port = since(start);
  const client = new ResourceProviderClient(
    `127.0.0.1:${provider.port}`,
    grpc.credentials.createInsecure(),
  );
  try {
    const begin = process.hrtime.bigint();
    await constructGroup(client, monitor.address, "web");
    const took = since(begin);
    return { port, construct: took, memory: await peakMemory(provider.pid) };
  } finally {
    client.close();
    await provider.stop();
    monitor.stop();
  }
}

/** Has a provider construct one group for the engine at the address. */
export function constructGroup(
  client: ResourceProviderClient,
  monitor: string,
  name: string,
  instanceIds: string[] = serverIds(3),
): Promise<void> {
  const request = new ConstructRequest()
    .setProject("bench")
    .setStack("bench")
    .setDryrun(true)
    .setParallel(16)
    .setMonitorendpoint(monitor)
    .setType("load-balanced-group:index:LoadBalancedGroup")
    .setName(name)
    .setInputs(
      Struct.fromJavaScript({
        availabilityZones: ["us-west-2a", "us-west-2b"],
        instanceIds,
      }),
    );
  return new Promise((resolve, reject) => {
    client.construct(request, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

async function peakMemory(pid: number): Promise<number | undefined> {
  if (process.platform !== "linux") return undefined;
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kibibytes) / 1024;
}

function since(start: bigint): number {
  return Number(process.hrtime.bigint() - start) / 1e6;
}
