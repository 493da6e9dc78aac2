/**
 * Attention rollout (Abnar & Zuidema 2020, arXiv:2005.00928, §3): how much of each input token might
 * have reached each output token, if attention and residuals were all that moves anything.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectAttentionMaps } from "./checks";

/**
 * Multiplies the layers, the last one in front:
 *   A_l = residual · I + (1 − residual) · mean over heads of attention[l]
 *   rollout = A_L · … · A_2 · A_1
 * @param attention the weights of all layers, first to last, each float32 [B, H, T, T], rows that
 *   add up to one; H may differ between layers
 * @param residual the share of the stream that bypasses attention, from 0 to 1, default 0.5
 * @returns [B, T, T], rows that add up to one: row t says where output token t comes from
 * @throws when attention is empty, a layer has another B or T, or residual isn't from 0 to 1
 */
export function attentionRollout(attention: tf.Tensor[], residual = 0.5): tf.Tensor {
  expectAttentionMaps("attentionRollout", attention);
  if (!(residual >= 0 && residual <= 1)) {
    throw new Error(`attentionRollout: expected residual from 0 to 1, got ${residual}`);
  }
  // yours
  return tf.tidy(() => {
    const own = tf.eye(attention[0]!.shape[2]!).mul(residual); // [T, T]
    const layers = attention.map((weights) =>
      weights
        .mean(1)
        .mul(1 - residual)
        .add(own),
    );
    return layers.reduce((rollout, layer) => layer.matMul(rollout)); // [B, T, T]
  });
}
