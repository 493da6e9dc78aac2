/** What tests of other packages use: inputs, comparisons with plain CPU, one list of layers. */
export * from "./fused/fused.testing";
export { callAlways as useAlways } from "./native/worth";
export * from "./ops.testing";
export * from "./webgpu/flashAttention";
