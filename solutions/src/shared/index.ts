export * from "./shapes";
export * from "./attentionChecks";
export * from "./frameChecks";
