/** A Transformer block as plain data: its weights and its options. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { AttentionOptions, AttentionParams } from "../attention/types";
import type { Activation, FeedForwardParams } from "../blocks/feedForward";

/** gamma and beta [C] of a layer norm. */
export interface NormParams {
  gamma: Tensor;
  beta: Tensor;
}

/** norm1 belongs to the attention and norm2 to the feed-forward network, before or after them. */
export interface BlockParams {
  norm1: NormParams;
  attention: AttentionParams;
  norm2: NormParams;
  mlp: FeedForwardParams;
}

export interface BlockOptions {
  /** H */
  heads: number;
  /**
   * "pre": each layer reads normalized input (GPT-2, ESM); "post": each sum is normalized (BERT,
   * the original Transformer); default "pre", in decoderBlock "post"
   */
  norm?: "pre" | "post";
  /** default exact gelu, in decoderBlock relu */
  activation?: Activation;
  /** any dtype, broadcasts to [B, H, T, T]; 1 where a query may attend, 0 where it may not */
  mask?: Tensor;
  /** broadcasts to [B, H, T, T], added to the scaled scores */
  bias?: Tensor;
  /** rotates queries and keys by their positions */
  rope?: AttentionOptions["rope"];
  /** of the norms, default 1e-5 */
  eps?: number;
}

/**
 * An encoder like BERT: tokens [V, C]; positions [M, C], for up to M tokens; segments [kinds, C],
 * in BERT the first and the second sentence; the norm of their sum; and the blocks.
 */
export interface BertParams {
  tokens: Tensor;
  positions: Tensor;
  segments: Tensor;
  norm: NormParams;
  blocks: BlockParams[];
}

/** An encoder like ESM, with RoPE: tokens [V, C], the blocks, and the norm after the last one. */
export interface EsmParams {
  tokens: Tensor;
  blocks: BlockParams[];
  norm: NormParams;
}

/** The head of a masked language model: w [C, C], b [C], a norm, and bias [V]. */
export interface MaskedHeadParams {
  w: Tensor;
  b: Tensor;
  norm: NormParams;
  bias: Tensor;
}
