/**
 * The components of foundation models in the order of the lessons; each lesson's folder holds one
 * function a file.
 */
export * from "./orientation";
export * from "./text";
export * from "./image-tokens";
export * from "./life";
export * from "./positions";
export * from "./blocks";
export * from "./attention";
export * from "./cheaper-attention";
export * from "./encoders";
export * from "./decoders";
export * from "./encoder-decoder";
export * from "./esm3";
export * from "./alphafold";
export * from "./dna";
export * from "./limits";
export * from "./capstone";
export * from "./gpu";
export * from "./multimodal";
export * from "./adapting";
export * from "./biology";
export * from "./diffusion";
export * from "./inside";
export * from "./preferences";
export * from "./scaling";
export * from "./serving";
export * from "./experts";
export * from "./shared";
/** Lessons that use these take a device's kernels, or a gradient of their own, as models do. */
export { attendWithCache } from "./shared/attendWithCacheOnDevice";
export { oneHot } from "./orientation/oneHot";
export { rmsNorm } from "./shared/rmsNormOnDevice";
export { swiGlu } from "./shared/swiGluOnDevice";
