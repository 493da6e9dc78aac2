export * from "./shapes";
export * from "./attendToNothing";
export * from "./attentionChecks";
export * from "./blockChecks";
export * from "./layerChecks";
export * from "./frameChecks";
