export type { ElasticLoadBalancing, HealthCheck, TargetTransition } from "./aws";
export { certificateFor } from "./elb/certificates";
export { Emulator, type EmulatorOptions } from "./emulator";
export type { Fault } from "./faults";
export { freePort } from "./freePort";
export type { EmulatedRoute53 } from "./route53";
export { type Account, instance, sampleAccount } from "./sampleAccount";
export { SampleServer } from "./sampleServer";
export { TargetStates } from "./targetStates";
