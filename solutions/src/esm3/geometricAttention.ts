/**
 * ESM3's geometric attention (Hayes et al. 2024, doi:10.1101/2024.07.01.600583, supplement,
 * algorithm 6): residues compare directions and distances in space, and send each other
 * directions. Nothing in it depends on where the protein is.
 */
import * as tf from "@tensorflow/tfjs-core";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import { softmax } from "../shared/softmaxWithGradient";
import { expectGeometry } from "../shared/frameChecks";
import type { Frames, GeometricParams } from "./types";

/**
 * Attention by direction and distance. Each residue makes five vectors per head:
 *   r_q, r_k, v, d_q, d_k = norm(x)·wIn
 * Its rotation R turns all five into the protein's space, and its translation also moves d_q and
 * d_k. Then, over the residues j that have a frame,
 *   score_ij = (softplus(rotationScale)·r_q,i·r_k,j − softplus(distanceScale)·‖d_q,i − d_k,j‖) / √3
 *   result_i = [R_iᵀ·Σ_j softmax_j(score_ij)·v_j for each head]·wOut
 * There is no residual inside.
 * @param x [B, N, C]
 * @param frames rotation [B, N, 3, 3], translation [B, N, 3], in the unit of the distances
 * @param params wIn has the columns r_q [H, 3], r_k [H, 3], v [H, 3], d_q [H, 3], d_k [H, 3]
 * @param options heads H; mask [B, N], any dtype, 1 for residues with a frame: no one reads the
 *   others, and they get 0
 * @returns [B, N, C]
 * @throws when shapes don't fit or heads isn't a whole number
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
    const { norm, wIn, wOut, rotationScale, distanceScale } = params;
    const n = layerNorm(x, norm.gamma, norm.beta);
    const vectors = linear(n, wIn).reshape([B, N, 5 * H, 3]);
    const turned = vectors.matMul(rotation, false, true); // each row times Rᵀ
    const byHead = (v: tf.Tensor) => v.transpose([0, 2, 1, 3]); // [B, N, H, 3] → [B, H, N, 3]
    const kinds = tf.split(turned, 5, 2); // five of [B, N, H, 3]
    const kind = (i: number) => kinds[i]!;
    const moved = (i: number) => byHead(kind(i).add(translation.expandDims(2)));
    const [rq, rk, v] = [byHead(kind(0)), byHead(kind(1)), byHead(kind(2))];
    const [dq, dk] = [moved(3), moved(4)];
    const gap = dq.expandDims(3).sub(dk.expandDims(2)); // [B, H, N, N, 3]
    const distance = gap.square().sum(-1).maximum(1e-24).sqrt(); // the root has no slope at 0
    const scale = (s: tf.Tensor) => tf.softplus(s).div(Math.sqrt(3)).reshape([H, 1, 1]);
    const alike = rq.matMul(rk, false, true).mul(scale(rotationScale));
    let scores = alike.sub(distance.mul(scale(distanceScale))); // [B, H, N, N]
    if (mask) scores = scores.add(tf.where(mask.notEqual(0), 0, -Infinity).reshape([B, 1, 1, N]));
    const read = byHead(softmax(scores).matMul(v)); // [B, N, H, 3]
    const own = read.matMul(rotation); // back into each residue's own space: rows times R
    const kept = mask ? own.mul(mask.notEqual(0).cast("float32").reshape([B, N, 1, 1])) : own;
    return linear(kept.reshape([B, N, H * 3]), wOut);
  });
}
