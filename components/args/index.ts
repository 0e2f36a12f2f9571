export * from "./attributes";
export * from "./alarms";
export * from "./group";
export * from "./logs";
export * from "./targetGroup";
export * from "./targetGroupHealth";
