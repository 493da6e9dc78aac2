export * from "./softmaxKernel";
export * from "./layerNormKernel";
export * from "./matMulKernel";
export * from "./int4";
export * from "./int4Kernel";
export * from "./flashAttentionKernel";
