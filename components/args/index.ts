export * from "./attributes";
export * from "./alarms";
export * from "./group";
export * from "./logs";
export * from "./routing";
export * from "./servers";
export * from "./targetGroup";
export * from "./targetGroupHealth";
