export * from "./shapes";
export * from "./attentionChecks";
export * from "./blockChecks";
export * from "./frameChecks";
