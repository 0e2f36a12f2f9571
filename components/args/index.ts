export * from "./attributes";
export * from "./group";
export * from "./logs";
export * from "./targetGroup";
