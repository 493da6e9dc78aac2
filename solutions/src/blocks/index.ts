export * from "./layerNorm";
