/** A Transformer block as plain data: its weights and its options. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { AttentionOptions, AttentionParams } from "../attention/types";
import type { Activation, FeedForwardParams } from "../blocks/feedForward";

/** gamma and beta [C] of a layer norm. */
export interface NormParams {
  gamma: Tensor;
  beta: Tensor;
}

/**
 * norm1 belongs to the attention, norm2 to the feed-forward network, whichever side of them they
 * stand on.
 */
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
   * "pre", each layer sees normed input (GPT-2, ESM), unless given; "post", each sum is normed
   * (BERT, the original)
   */
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

/**
 * An encoder of BERT's kind. tokens [V, C], positions [M, C] for up to M tokens, segments [kinds,
 * C] (BERT has two: first and second sentence), the norm of their sum, and the blocks.
 */
export interface BertParams {
  tokens: Tensor;
  positions: Tensor;
  segments: Tensor;
  norm: NormParams;
  blocks: BlockParams[];
}

/**
 * An encoder of ESM's kind. tokens [V, C], the blocks, and the norm behind the last of them;
 * positions are RoPE's.
 */
export interface EsmParams {
  tokens: Tensor;
  blocks: BlockParams[];
  norm: NormParams;
}

/**
 * What stands between an encoder and its vocabulary: w [C, C], b [C], a norm, and one bias [V] for
 * each token.
 */
export interface MaskedHeadParams {
  w: Tensor;
  b: Tensor;
  norm: NormParams;
  bias: Tensor;
}
