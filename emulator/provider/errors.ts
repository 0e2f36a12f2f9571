import * as grpc from "@grpc/grpc-js";
import type * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { ActionError } from "./awsCalls";

/** A resource that exists, though a later step of its making failed: the engine keeps what is packed here. */
export class InitializationError extends Error {
  constructor(
    reason: string,
    readonly detail: messages.ErrorResourceInitFailed,
  ) {
    super(reason);
    this.name = "InitializationError";
    detail.setReasonsList([reason]);
  }
}

/** Nobody listens where the provider was. */
export class ConnectionRefusedError extends Error {
  constructor() {
    super('connection error: desc = "transport: Error while dialing: connect: connection refused"');
    this.name = "ConnectionRefusedError";
  }
}

/** The text of an error; the real provider numbers those of AWS, and there is always one. */
function messageOf(error: unknown): string {
  if (error instanceof ActionError) {
    return oneError(error.message);
  }
  return error instanceof Error ? error.message : String(error);
}

export function oneError(message: string): string {
  return `1 error occurred:\n\t* ${message}\n\n`;
}

/** The error as gRPC carries it. */
export function toServiceError(error: unknown): grpc.ServiceError {
  const message = messageOf(error);
  const metadata = new grpc.Metadata();
  if (error instanceof InitializationError) {
    metadata.add("grpc-status-details-bin", Buffer.from(initializationStatus(error)));
  }
  const { UNAVAILABLE, UNKNOWN } = grpc.status;
  const code = error instanceof ConnectionRefusedError ? UNAVAILABLE : UNKNOWN;
  return { name: "ServiceError", code, message, details: message, metadata };
}

function initializationStatus({ message, detail }: InitializationError): Uint8Array {
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(packed);
  return status.serializeBinary();
}
