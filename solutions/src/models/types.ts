/** A Transformer block as plain data: its weights and its options. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { AttentionOptions, AttentionParams } from "../attention/types";
import type { Activation, FeedForwardParams } from "../blocks/feedForward";

/** gamma and beta [C] of a layer norm. */
export interface NormParams { gamma: Tensor; beta: Tensor }

/** norm1 belongs to the attention, norm2 to the feed-forward network, whichever side of them they stand on. */
export interface BlockParams { norm1: NormParams; attention: AttentionParams; norm2: NormParams; mlp: FeedForwardParams }

export interface BlockOptions {
  /** H */
  heads: number;
  /** "pre", each layer sees normed input (GPT-2, ESM), unless given; "post", each sum is normed (BERT, the original) */
  norm?: "pre" | "post";
  /** exact gelu unless given */
  activation?: Activation;
  /** any dtype, broadcasts to [B, H, T, T]; 1 where a query may attend, 0 where it may not */
  mask?: Tensor;
  /** broadcasts to [B, H, T, T], added to the scaled scores */
  bias?: Tensor;
  /** turns queries and keys by their positions */
  rope?: AttentionOptions["rope"];
  /** of the norms, 1e-5 unless given */
  eps?: number;
}

/** norm1 belongs to self, norm2 to cross, norm3 to the feed-forward network, whichever side of them they stand on. */
export interface DecoderBlockParams { norm1: NormParams; self: AttentionParams; norm2: NormParams; cross: AttentionParams; norm3: NormParams; mlp: FeedForwardParams }

/** An encoder–decoder: source [Vs, C] embeds what is read, target [V, C] what is written, and scores it. */
export interface Seq2SeqParams { source: Tensor; target: Tensor; encoder: BlockParams[]; decoder: DecoderBlockParams[] }

/** GPT-2: tokens [V, C], which is its head too; positions [M, C]; norm, the last one. */
export interface GptParams { tokens: Tensor; positions: Tensor; blocks: BlockParams[]; norm: NormParams }

/** norm1 and norm2 [C]; wq [C, H·D], wk and wv [C, G·D], wo [H·D, C], no biases; gate and up [C, F], down [F, C]. */
export interface LlamaBlockParams { norm1: Tensor; attention: AttentionParams; norm2: Tensor; mlp: { gate: Tensor; up: Tensor; down: Tensor } }
/** tokens [V, C]; norm [C], the last one; head [C, V], left out where tokens serves as the head. */
export interface LlamaParams { tokens: Tensor; blocks: LlamaBlockParams[]; norm: Tensor; head?: Tensor }

/** A cache with something in it, as it comes out of a step. A type and not an interface, since tf.tidy's own types take no interface as a result. */
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
