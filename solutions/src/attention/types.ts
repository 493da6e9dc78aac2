/**
 * An attention layer as plain data: its weights, its options, and the cache that decoding carries
 * from token to token.
 */
import type { Tensor } from "@tensorflow/tfjs-core";

/**
 * wq [C, H·D], wk and wv [Ccontext, G·D], wo [H·D, C]; the biases are as wide as what they are
 * added to.
 */
export interface AttentionParams {
  wq: Tensor;
  wk: Tensor;
  wv: Tensor;
  wo: Tensor;
  bq?: Tensor;
  bk?: Tensor;
  bv?: Tensor;
  bo?: Tensor;
}

export interface AttentionOptions {
  /** H */
  heads: number;
  /** G, which divides H; H unless given. */
  kvHeads?: number;
  /** Any dtype, broadcasts to [B, H, T, S]; 1 where a query may attend, 0 where it may not. */
  mask?: Tensor;
  /** Broadcasts to [B, H, T, S]; it is added to the scaled scores. */
  bias?: Tensor;
  /** Turns queries and keys by their positions. */
  rope?: { base?: number; layout?: "interleaved" | "halves" };
  /** 1/√D unless given. */
  scale?: number;
}

/** Keys (after RoPE) and values of all earlier tokens, [B, G, P, D]; both null at the start. */
export interface KvCache {
  k: Tensor | null;
  v: Tensor | null;
}
