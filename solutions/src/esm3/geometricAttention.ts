/**
 * ESM3's geometric attention: residues compare directions and distances in space, and what they
 * tell each other are directions (Hayes et al. 2024, doi:10.1101/2024.07.01.600583, supplement,
 * algorithm 6). Nothing in it depends on where the protein lies.
 */
import * as tf from "@tensorflow/tfjs-core";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import { softmax } from "../shared/softmaxWithGradient";
import { expectGeometry } from "../shared/frameChecks";
import type { Frames, GeometricParams } from "./types";

/**
 * Five vectors a head, r_q, r_k, v, d_q, d_k = norm(x)·wIn, are turned by each residue's rotation R
 * into the protein's space, d_q and d_k also moved by its translation. Then, over the residues j
 * that have a frame,
 *   weights = softmax((softplus(rotationScale)·r_q,i·r_k,j − softplus(distanceScale)·‖d_q,i −
 *   d_k,j‖) / √3), result = [Rᵢᵀ·Σⱼ weightsᵢⱼ·vⱼ for each head]·wOut. There is no residual inside.
 * @param x [B, N, C]
 * @param frames rotation [B, N, 3, 3], translation [B, N, 3], in the unit of the distances
 * @param params wIn's columns are r_q [H, 3], r_k [H, 3], v [H, 3], d_q [H, 3], d_k [H, 3] in this
 *   order
 * @param options heads H; mask [B, N], any dtype, 1 for residues with a frame: the others are read
 *   by nobody and get 0
 * @returns [B, N, C]
 * @throws when shapes do not fit or heads is no whole number
 */
export function geometricAttention(
  x: tf.Tensor,
  frames: Frames,
  params: GeometricParams,
  options: { heads: number; mask?: tf.Tensor },
): tf.Tensor {
  const { heads: H, mask } = options;
  const [B, N] = expectGeometry("geometricAttention", x, frames, params, options);
  // yours
  return tf.tidy(() => {
    const { rotation, translation } = frames;
    const vectors = linear(layerNorm(x, params.norm.gamma, params.norm.beta), params.wIn).reshape([
      B,
      N,
      5 * H,
      3,
    ]);
    // rows·Rᵀ: five of [B, N, H, 3]
    const inSpace = tf.split(vectors.matMul(rotation, false, true), 5, 2);
    const byHead = (v: tf.Tensor) => v.transpose([0, 2, 1, 3]); // [B, H, N, 3]
    const [rq, rk, v] = inSpace.slice(0, 3).map(byHead) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const [dq, dk] = inSpace.slice(3).map((d) => byHead(d.add(translation.expandDims(2)))) as [
      tf.Tensor,
      tf.Tensor,
    ];
    const gap = dq.expandDims(3).sub(dk.expandDims(2)); // [B, H, N, N, 3]
    const distance = gap.square().sum(-1).maximum(1e-24).sqrt(); // the root has no slope at 0
    const scale = (s: tf.Tensor) => tf.softplus(s).div(Math.sqrt(3)).reshape([H, 1, 1]);
    let scores = rq
      .matMul(rk, false, true)
      .mul(scale(params.rotationScale))
      .sub(distance.mul(scale(params.distanceScale)));
    if (mask) scores = scores.add(tf.where(mask.notEqual(0), 0, -Infinity).reshape([B, 1, 1, N]));
    // rows·R: back into each residue's own space, [B, N, H, 3]
    const told = byHead(softmax(scores).matMul(v)).matMul(rotation);
    const kept = mask ? told.mul(mask.notEqual(0).cast("float32").reshape([B, N, 1, 1])) : told;
    return linear(kept.reshape([B, N, H * 3]), params.wOut);
  });
}
