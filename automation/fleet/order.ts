/*
 * The order of a fleet's deployments, for workflow engines that deploy on several machines. It does not load
 * Pulumi's SDK.
 */
export { FleetPlanError, type FleetMember, type Task, tasksOf } from "./plan";
export { atMost, runInOrder, type Schedule } from "./schedule";
