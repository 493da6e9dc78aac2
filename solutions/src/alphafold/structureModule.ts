/**
 * The backbone part of AlphaFold 2's structure module (Jumper et al. 2021,
 * doi:10.1038/s41586-021-03819-2, supplement, algorithm 20): the same layers again and again move
 * the frames of all residues. Side chains, dropout and the loss after each round are left out.
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
 * In each round s = norm1(s + invariantPointAttention(s, z, T)), s = norm2(s + mlp(s)), T = T ∘
 * backboneUpdate(s·w + b); mlp with ReLU. All residues start at the origin, unturned.
 * @param s float32 [B, N, C]
 * @param z float32 [B, N, N, Cz]
 * @param options rounds, and what invariantPointAttention takes
 * @returns the frames after each round, rotation [B, N, 3, 3] and translation [B, N, 3]
 * @throws when a shape does not fit, in the name of the layer
 */
export function structureModule(
  s: tf.Tensor,
  z: tf.Tensor,
  params: StructureParams,
  options: { rounds: number; heads: number; queryPoints: number; valuePoints: number },
): Frames[] {
  const [B, N] = s.shape as [number, number];
  return tf.tidy(() => {
    let x = s;
    let frames: Frames = {
      rotation: tf.eye(3).reshape([1, 1, 9]).tile([B, N, 1]).reshape([B, N, 3, 3]),
      translation: tf.zeros([B, N, 3]),
    };
    return Array.from({ length: options.rounds }, () => {
      x = x.add(invariantPointAttention(x, z, frames, params.points, options));
      x = layerNorm(x, params.norm1.gamma, params.norm1.beta);
      x = layerNorm(
        x.add(feedForward(x, params.mlp, (y) => y.relu())),
        params.norm2.gamma,
        params.norm2.beta,
      );
      frames = composeFrames(frames, backboneUpdate(linear(x, params.update.w, params.update.b)));
      return frames;
    }) as unknown as tf.TensorContainer;
  }) as unknown as Frames[];
}
