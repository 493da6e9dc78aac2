/**
 * Invariant point attention (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2, supplement,
 * algorithm 22): residues attend by features, by pairs, and by points that each residue places in
 * space from its own frame. Moving the whole protein changes nothing.
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
 * Attention with the frame T_i of residue i, γ = softplus(headScale) and w = √(2 / (9·Pq)):
 *   a_ij = softmax_j √⅓·(q_i·k_j/√D + z_ij·wBias − γ·w/2·Σ_p |T_i·qPoint_ip − T_j·kPoint_jp|²)
 * Each residue collects, for each head, the following, and maps all of it by wo and bo:
 *   scalars  Σ_j a_ij·v_j
 *   points   T_i⁻¹·(Σ_j a_ij·T_j·vPoint_j), and their norms √(|p|² + 1e-8)
 *   pairs    Σ_j a_ij·z_ij
 * There is no residual and no layer norm inside.
 * @param s float32 [B, N, C]
 * @param z float32 [B, N, N, Cz]
 * @param frames rotation [B, N, 3, 3] and translation [B, N, 3], in the unit of the weights
 * @param params wq, wk, wv [C, H·D]; wqPoints, wkPoints [C, H·Pq·3] and wvPoints [C, H·Pv·3],
 *   columns (head, point, xyz); wBias [Cz, H]; headScale [H]; wo [H·(D + 4·Pv + Cz), C], rows for
 *   scalars, points (head, point, xyz), norms, pairs; optional biases bq to bo
 * @param options heads H; queryPoints Pq and valuePoints Pv of each head; mask [B, N], any dtype, 0
 *   for residues that no one may read
 * @returns [B, N, C]; rows of masked residues are meaningless
 * @throws when a shape doesn't fit
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
    const origins = frames.translation.expandDims(2); // [B, N, 1, 3]
    const flat = (x: tf.Tensor) => x.reshape([B, N, -1]);
    const project = (w: tf.Tensor, b?: tf.Tensor) => splitHeads(linear(s, w, b), H);
    const place = (w: tf.Tensor, b: tf.Tensor | undefined, count: number) => {
      const local = linear(s, w, b).reshape([B, N, H * count, 3]);
      return flat(local.matMul(frames.rotation, false, true).add(origins)); // T_i of each point
    };

    const q = project(params.wq, params.bq).mul(1 / Math.sqrt(D));
    const k = project(params.wk, params.bk);
    const qPoints = place(params.wqPoints, params.bqPoints, queryPoints);
    const kPoints = place(params.wkPoints, params.bkPoints, queryPoints);
    const w = Math.sqrt(2 / (9 * queryPoints));
    const distances = squaredDistances(qPoints, kPoints, H).mul(params.headScale.softplus());
    const pairs = linear(z, params.wBias).sub(distances.mul(w / 2)); // [B, N, N, H]
    const byHead = pairs.transpose([0, 3, 1, 2]); // [B, H, N, N]
    let scores = q
      .matMul(k, false, true)
      .add(byHead)
      .mul(Math.sqrt(1 / 3));
    if (mask) scores = scores.add(tf.where(mask.reshape([B, 1, 1, N]).notEqual(0), 0, -Infinity));
    const weights = softmax(scores);

    const scalars = mergeHeads(weights.matMul(project(params.wv, params.bv))); // [B, N, H·D]
    const vPoints = splitHeads(place(params.wvPoints, params.bvPoints, valuePoints), H);
    const world = mergeHeads(weights.matMul(vPoints)).reshape([B, N, H * valuePoints, 3]);
    const points = world.sub(origins).matMul(frames.rotation); // T_i⁻¹: rows times R
    const norms = points.square().sum(-1).add(1e-8).sqrt(); // [B, N, H·Pv]
    const pair = weights.transpose([0, 2, 1, 3]).matMul(z); // [B, N, H, Cz]
    const collected = tf.concat([scalars, flat(points), norms, flat(pair)], -1);
    return linear(collected, params.wo, params.bo);
  });
}

/**
 * For each pair of residues and each head, the sum over points of their squared distances.
 * @param a [B, N, H·P·3]
 * @param b [B, N, H·P·3]
 * @returns [B, N, N, H]
 */
function squaredDistances(a: tf.Tensor, b: tf.Tensor, heads: number): tf.Tensor {
  const [B, N, width] = a.shape as [number, number, number];
  const apart = a.expandDims(2).sub(b.expandDims(1)).square(); // [B, N, N, H·P·3]
  const sums = apart.reshape([B, N * N * heads, width / heads]).sum(-1);
  return sums.reshape([B, N, N, heads]);
}
