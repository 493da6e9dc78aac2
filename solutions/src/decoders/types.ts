/** GPT-2 and Llama as plain data, and what a step of generation carries. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { AttentionParams } from "../attention/types";
import type { BlockParams, NormParams } from "../encoders/types";

/** GPT-2: tokens [V, C], also its head; positions [M, C]; the blocks; the last norm. */
export interface GptParams {
  tokens: Tensor;
  positions: Tensor;
  blocks: BlockParams[];
  norm: NormParams;
}

/**
 * A block without biases: norm1 and norm2 [C]; wq [C, H·D], wk and wv [C, G·D], wo [H·D, C]; gate
 * and up [C, F], down [F, C].
 */
export interface LlamaBlockParams {
  norm1: Tensor;
  attention: AttentionParams;
  norm2: Tensor;
  mlp: { gate: Tensor; up: Tensor; down: Tensor };
}

/** tokens [V, C]; the last norm [C]; head [C, V], left out if tokens is the head too. */
export interface LlamaParams {
  tokens: Tensor;
  blocks: LlamaBlockParams[];
  norm: Tensor;
  head?: Tensor;
}

/**
 * A cache that isn't empty, as a step returns it. It is a type because tf.tidy's own types don't
 * accept an interface as a result.
 */
export type FilledCache = { k: Tensor; v: Tensor };

export interface LlamaOptions {
  /** H */
  heads: number;
  /** G, which divides H */
  kvHeads: number;
  /** of RoPE's rates, default 10,000 */
  base?: number;
  /** of the norms, default 1e-5 */
  eps?: number;
}

/**
 * Texts of different lengths in one batch: ids and positions int32 [B, T], mask float32
 * [B, 1, T, T]. It is a type because tf.tidy's own types don't accept an interface as a result.
 */
export type PaddedBatch = { ids: Tensor; positions: Tensor; mask: Tensor };
