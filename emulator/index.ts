export type { ElasticLoadBalancing, HealthCheck, TargetTransition } from "./aws";
export { certificateFor } from "./elb/certificates";
export { Cloud, type CloudOptions } from "./emulator";
export type { Fault } from "./faults";
export { freePort } from "./freePort";
export type { LocalRoute53 } from "./route53";
export { type Account, instance, seed } from "./sampleAccount";
export { TargetStates } from "./targetStates";
