/**
 * The functions of kernels.wasm. Arguments are addresses in bytes, counts and numbers of
 * operations.
 */
export { gemm, gemmScratch } from "./gemm";
export { tile2, tile4, tile6 } from "./tiles";
export {
  flashAttention,
  flashKeyTiles,
  flashPack,
  flashPackedBytes,
  flashScratch,
  flashTiles,
} from "./flash";
export { packedProduct, roundBlocks, roundedBytes } from "./packed";
export { unpackBlocks, unpackedBytes, unpackedProduct } from "./unpacked";
export * from "./unary";
export * from "./binary";
export { reduce, softmax } from "./reduce";
export { gelu, geluGrad, geluTanh, geluTanhGrad } from "./gelu";
export { layerNorm, layerNormBands, layerNormGrad, softmaxGrad } from "./fused";
export { cachedAttention, gatedSilu, placeHeads, rmsNorm } from "./inference";
export {
  cast,
  copy,
  gather,
  logical,
  multiplyAdd,
  scatterAdd,
  select,
  transpose,
  truth,
} from "./layout";
