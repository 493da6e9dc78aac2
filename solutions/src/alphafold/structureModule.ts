/**
 * The backbone part of a structure module after AlphaFold 2's (Jumper et al. 2021,
 * doi:10.1038/s41586-021-03819-2, supplement, algorithm 20): the same layers, applied again and
 * again, move the frames of all residues. Left out: one of the transition's three linear layers,
 * side chains, dropout and the loss after each round.
 */
import * as tf from "@tensorflow/tfjs-core";
import { feedForward, type FeedForwardParams } from "../blocks/feedForward";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import type { NormParams } from "../encoders/types";
import { backboneUpdate } from "./backboneUpdate";
import { composeFrames } from "../esm3/composeFrames";
import { invariantPointAttention } from "./invariantPointAttention";
import type { PointAttentionParams } from "./pairTypes";
import type { Frames } from "../esm3/types";

export interface StructureParams {
  points: PointAttentionParams;
  norm1: NormParams;
  mlp: FeedForwardParams;
  norm2: NormParams;
  update: { w: tf.Tensor; b: tf.Tensor };
}

/**
 * Moves the frames T of all residues in rounds. They start at the origin, without rotation.
 *   s = norm1(s + invariantPointAttention(s, z, T)),  s = norm2(s + mlp(s)), mlp with ReLU
 *   T = T ∘ backboneUpdate(s·w + b)
 * @param s float32 [B, N, C]
 * @param z float32 [B, N, N, Cz]
 * @param options rounds, and what invariantPointAttention takes
 * @returns the frames after each round, rotation [B, N, 3, 3] and translation [B, N, 3]
 * @throws when a shape doesn't fit; the layer that it belongs to names it
 */
export function structureModule(
  s: tf.Tensor,
  z: tf.Tensor,
  params: StructureParams,
  options: { rounds: number; heads: number; queryPoints: number; valuePoints: number },
): Frames[] {
  const [B, N] = s.shape as [number, number];
  const { points, norm1, mlp, norm2, update } = params;
  const run = () => {
    let x = s;
    let frames = originFrames(B, N);
    return Array.from({ length: options.rounds }, () => {
      x = x.add(invariantPointAttention(x, z, frames, points, options));
      x = layerNorm(x, norm1.gamma, norm1.beta);
      x = x.add(feedForward(x, mlp, (y) => y.relu()));
      x = layerNorm(x, norm2.gamma, norm2.beta);
      frames = composeFrames(frames, backboneUpdate(linear(x, update.w, update.b)));
      return frames;
    });
  };
  // tf.tidy's types don't accept an interface such as Frames
  return tf.tidy(() => run() as unknown as tf.TensorContainer) as unknown as Frames[];
}

function originFrames(B: number, N: number): Frames {
  const rotation = tf.eye(3).reshape([1, 1, 9]).tile([B, N, 1]).reshape([B, N, 3, 3]);
  return { rotation, translation: tf.zeros([B, N, 3]) };
}
