/** GPT-2 and Llama as plain data, and what a step of generation carries. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { AttentionParams } from "../attention/types";
import type { BlockParams, NormParams } from "../encoders/types";

/** GPT-2: tokens [V, C], which is its head too; positions [M, C]; norm, the last one. */
export interface GptParams {
  tokens: Tensor;
  positions: Tensor;
  blocks: BlockParams[];
  norm: NormParams;
}

/**
 * norm1 and norm2 [C]; wq [C, H·D], wk and wv [C, G·D], wo [H·D, C], no biases; gate and up [C, F],
 * down [F, C].
 */
export interface LlamaBlockParams {
  norm1: Tensor;
  attention: AttentionParams;
  norm2: Tensor;
  mlp: { gate: Tensor; up: Tensor; down: Tensor };
}
/** tokens [V, C]; norm [C], the last one; head [C, V], left out where tokens serves as the head. */
export interface LlamaParams {
  tokens: Tensor;
  blocks: LlamaBlockParams[];
  norm: Tensor;
  head?: Tensor;
}

/**
 * A cache with something in it, as it comes out of a step. A type and not an interface, since
 * tf.tidy's own types take no interface as a result.
 */
export type FilledCache = { k: Tensor; v: Tensor };

export interface LlamaOptions {
  /** H */
  heads: number;
  /** G, which divides H */
  kvHeads: number;
  /** of RoPE's rates, 10,000 unless given */
  base?: number;
  /** of the norms, 1e-5 unless given */
  eps?: number;
}
