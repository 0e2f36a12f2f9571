/*
 * The order of a fleet, for workflow engines that deploy one on more than one machine: pure code without
 * the engine's SDK.
 */
export { FleetPlanError, type FleetMember, type Task, tasksOf } from "./plan";
export { atMost, runInOrder, type Schedule } from "./schedule";
