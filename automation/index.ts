export type { Configuration } from "../stacks/configuration";
export type { PropertyChange, ResourceChange } from "./changes";
export { deployAll, type FleetOptions } from "./fleet/deployAll";
export { JournalError } from "./fleet/journal";
export { type FleetMember, FleetPlanError } from "./fleet/plan";
export type { FleetEntry, FleetEvent, FleetSummary } from "./fleet/summary";
export { Environment } from "./environment";
export * from "./errors";
export type {
  CallOptions,
  ChangeOptions,
  ChangeResult,
  HealthOptions,
  HistoryEntry,
  OperationOptions,
  OperationResult,
  Outputs,
  UpOptions,
  UpResult,
} from "./operations";
export type { EnvironmentOptions } from "./options";
export type { Counts, OperationName, ProgressEvent } from "./progress";
export type { InterruptedResource } from "./state";
export type { TargetHealth, TooFewTargets } from "./targetHealth";
