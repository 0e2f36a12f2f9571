export type { Configuration } from "../stacks/configuration";
export type { PropertyChange, ResourceChange } from "./changes";
export { Environment } from "./environment";
export * from "./errors";
export type {
  HistoryEntry,
  OperationName,
  OperationOptions,
  OperationResult,
  Outputs,
  UpOptions,
  UpResult,
} from "./operations";
export type { EnvironmentOptions } from "./options";
export type { Counts, ProgressEvent } from "./progress";
export type { InterruptedResource } from "./state";
