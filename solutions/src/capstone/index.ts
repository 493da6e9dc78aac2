export * from "./guidedLogits";
