/** Where a hook reads and changes a GPT, and a sparse autoencoder as plain data. */
import type { Tensor } from "@tensorflow/tfjs-core";

/**
 * stream [B, T, C]: what enters block `layer`; with layer = number of blocks, what leaves the last.
 * weights [B, H, T, T]: how much each token reads of each other one.
 * heads [B, H, T, D]: what the heads have read, before wo.
 * mlp [B, T, C]: what the feed-forward network adds to the stream.
 */
export interface Place {
  layer: number;
  part: "stream" | "weights" | "heads" | "mlp";
}

/** Sees each activation of a run; the run goes on with what it returns, x itself or another. */
export type Hook = (x: Tensor, place: Place) => Tensor;

/** encoder [C, F], bias [F], decoder [F, C], center [C]: F latents for activations of width C. */
export interface SaeParams {
  encoder: Tensor;
  bias: Tensor;
  decoder: Tensor;
  center: Tensor;
}

/** latents [N, F] and reconstruction [N, C]; a type, since tf.tidy doesn't take an interface. */
export type SaeOutput = { latents: Tensor; reconstruction: Tensor };

/**
 * The dead latents of a sparse autoencoder and their part of the loss: their indices in ascending
 * order, how many of them describe an activation, and the weight of their loss.
 */
export interface DeadLatents {
  dead?: number[];
  kAux?: number;
  alpha?: number;
}
