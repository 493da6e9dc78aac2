/**
 * Invariant point attention (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2, supplement,
 * algorithm 22): residues attend by features, by pairs, and by points that each places in space
 * from its own frame. Moving the whole protein changes nothing.
 */
import * as tf from "@tensorflow/tfjs-core";
import { mergeHeads } from "../attention/mergeHeads";
import { splitHeads } from "../attention/splitHeads";
import { linear } from "../shared/linearWithGradient";
import { softmax } from "../shared/softmaxWithGradient";
import { expectShape } from "../shared/shapes";
import { expectFrames } from "../shared/frameChecks";
import { expectPointAttention } from "./pairChecks";
import type { PointAttentionParams } from "./pairTypes";
import type { Frames } from "../esm3/types";

/**
 * With T_i the frame of residue i, γ = softplus(headScale) and w = √(2 / (9·Pq)):
 *   a_ij = softmax_j √⅓·(q_i·k_j/√D + z_ij·wBias − γ·w/2·Σ_p |T_i·qPoint_ip − T_j·kPoint_jp|²)
 * Each residue gets, head by head, Σ_j a_ij v_j, the points T_i⁻¹·(Σ_j a_ij T_j·vPoint_j) and their
 * norms, and Σ_j a_ij z_ij, times wo plus bo. A norm is √(|p|² + 1e-8), which has a gradient at
 * zero. No residual and no layer norm inside.
 * @param s float32 [B, N, C]
 * @param z float32 [B, N, N, Cz]
 * @param frames rotation [B, N, 3, 3] and translation [B, N, 3], in the units that the weights are
 *   made for
 * @param params wq, wk, wv [C, H·D]; wqPoints, wkPoints [C, H·Pq·3] and wvPoints [C, H·Pv·3],
 *   columns (head, point, xyz); wBias [Cz, H]; headScale [H]; wo [H·(D + 4·Pv + Cz), C], rows: all
 *     heads' scalars, points (head, point, xyz), norms, pairs; biases bq to bo where given
 * @param options heads H; queryPoints Pq and valuePoints Pv of each head; mask [B, N], any dtype, 0
 *   for residues that nobody reads
 * @returns [B, N, C]; rows of masked residues mean nothing
 * @throws when a shape does not fit
 */
export function invariantPointAttention(
  s: tf.Tensor,
  z: tf.Tensor,
  frames: Frames,
  params: PointAttentionParams,
  options: { heads: number; queryPoints: number; valuePoints: number; mask?: tf.Tensor },
): tf.Tensor {
  const D = expectPointAttention("invariantPointAttention", s, z, params, options);
  const [B, N] = s.shape as [number, number];
  const { heads: H, queryPoints, valuePoints, mask } = options;
  expectFrames("invariantPointAttention", "frames", frames);
  expectShape("invariantPointAttention", "frames.translation", frames.translation, [B, N, 3]);
  if (mask) expectShape("invariantPointAttention", "mask", mask, [B, N]);
  // yours
  return tf.tidy(() => {
    const placed = (w: tf.Tensor, b: tf.Tensor | undefined, count: number) => {
      const local = linear(s, w, b).reshape([B, N, H * count, 3]);
      // T_i of each point
      return local.matMul(frames.rotation, false, true).add(frames.translation.expandDims(2));
    };
    const flat = (points: tf.Tensor) => points.reshape([B, N, -1]);
    const [q, k, v] = (
      [
        ["wq", "bq"],
        ["wk", "bk"],
        ["wv", "bv"],
      ] as const
    ).map(([w, b]) => splitHeads(linear(s, params[w], params[b]), H)) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    const qPoints = flat(placed(params.wqPoints, params.bqPoints, queryPoints));
    const kPoints = flat(placed(params.wkPoints, params.bkPoints, queryPoints));
    const apart = qPoints.expandDims(2).sub(kPoints.expandDims(1)).square(); // [B, N, N, H·Pq·3]
    const distance = apart
      .reshape([B, N * N * H, queryPoints * 3])
      .sum(-1)
      .reshape([B, N, N, H]);
    const near = distance
      .mul(params.headScale.softplus())
      .mul(Math.sqrt(2 / (9 * queryPoints)) / 2);
    // [B, N, N, H] → [B, H, N, N]
    const pairs = linear(z, params.wBias).sub(near).transpose([0, 3, 1, 2]);
    let scores = q
      .mul(1 / Math.sqrt(D))
      .matMul(k, false, true)
      .add(pairs)
      .mul(Math.sqrt(1 / 3));
    if (mask) scores = scores.add(tf.where(mask.reshape([B, 1, 1, N]).notEqual(0), 0, -Infinity));
    const weights = softmax(scores); // [B, H, N, N]
    const scalars = mergeHeads(weights.matMul(v)); // [B, N, H·D]
    // [B, H, N, Pv·3]
    const vPoints = splitHeads(flat(placed(params.wvPoints, params.bvPoints, valuePoints)), H);
    const world = mergeHeads(weights.matMul(vPoints)).reshape([B, N, H * valuePoints, 3]);
    // T_i⁻¹: a row times R is Rᵀ times a column
    const points = world.sub(frames.translation.expandDims(2)).matMul(frames.rotation);
    const norms = points.square().sum(-1).add(1e-8).sqrt(); // [B, N, H·Pv]
    // [B, N, H, N] · [B, N, N, Cz] → [B, N, H, Cz]
    const pair = weights.transpose([0, 2, 1, 3]).matMul(z);
    return linear(tf.concat([scalars, flat(points), norms, flat(pair)], -1), params.wo, params.bo);
  });
}
