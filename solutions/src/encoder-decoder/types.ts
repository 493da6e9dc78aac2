/** An encoder–decoder as plain data. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { AttentionParams } from "../attention/types";
import type { FeedForwardParams } from "../blocks/feedForward";
import type { BlockParams, NormParams } from "../encoders/types";

/** norm1 belongs to self, norm2 to cross, norm3 to the feed-forward network, before or after it. */
export interface DecoderBlockParams {
  norm1: NormParams;
  self: AttentionParams;
  norm2: NormParams;
  cross: AttentionParams;
  norm3: NormParams;
  mlp: FeedForwardParams;
}

/** source [Vs, C] embeds what is read; target [V, C] embeds and scores what is written. */
export interface Seq2SeqParams {
  source: Tensor;
  target: Tensor;
  encoder: BlockParams[];
  decoder: DecoderBlockParams[];
}
