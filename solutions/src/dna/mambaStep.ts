/**
 * One token of the Mamba block as a recurrent network (Gu & Dao 2023, arXiv:2312.00752, §2 and
 * figure 3; the authors' code calls it `step`).
 */
import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../shared/linearWithGradient";
import { silu } from "../blocks/silu";
import { expectFloats } from "../shared/shapes";
import type { MambaParams } from "./mambaBlock";

/**
 * What a Mamba block carries from token to token, zeros at the start: past [B, width − 1, E], the
 * last inputs v of the short convolution, oldest first, and h [B, E, n], the states of the scan.
 */
export type MambaState = {
  past: tf.Tensor;
  h: tf.Tensor;
};

/**
 * mambaBlock for one token. The window holds the past and this token's v, [B, width, E].
 *   v, gate = x·wIn,  u = silu(Σ_j conv_j ∘ window_j + convBias)
 *   δ, b, c = u·wX,  Δ = softplus(δ·wDelta + bDelta),  a = −exp(aLog)
 *   h′ = exp(Δ·a) ∘ h + Δ·b·u,  y = c·h′ + skip ∘ u,  output = (y ∘ silu(gate))·wOut
 * The state has the same size after a million tokens as after one.
 * @param x [B, C], one token of each sequence
 * @param params as in mambaBlock; the last column of conv meets the current token
 * @param state past [B, width − 1, E] and h [B, E, n]
 * @returns output [B, C] and the state after this token: past without its oldest row and with v as
 *   its newest, and h′
 * @throws when shapes or dtypes don't fit
 */
export function mambaStep(
  x: tf.Tensor,
  params: MambaParams,
  state: MambaState,
): { output: tf.Tensor; state: MambaState } {
  const { wIn, conv, convBias, wX, wDelta, bDelta, aLog, skip, wOut } = params;
  expectFloats("mambaStep", "x", x, ["B", "C"]);
  const [B, C] = x.shape as [number, number];
  expectFloats("mambaStep", "aLog", aLog, ["E", "n"]);
  const [E, n] = aLog.shape as [number, number];
  expectFloats("mambaStep", "conv", conv, [E, "width"]);
  const width = conv.shape[1]!;
  const r = wDelta.shape[0]!;
  for (const [name, tensor, shape] of [
    ["wIn", wIn, [C, 2 * E]],
    ["convBias", convBias, [E]],
    ["wDelta", wDelta, [r, E]],
    ["wX", wX, [E, r + 2 * n]],
    ["bDelta", bDelta, [E]],
    ["skip", skip, [E]],
    ["wOut", wOut, [E, C]],
    ["state.past", state.past, [B, width - 1, E]],
    ["state.h", state.h, [B, E, n]],
  ] as const) {
    expectFloats("mambaStep", name, tensor, shape);
  }
  // yours
  return tf.tidy(() => {
    const [v, gate] = tf.split(linear(x, wIn), 2, 1) as [tf.Tensor, tf.Tensor]; // [B, E] each
    const window = tf.concat([state.past, v.expandDims(1)], 1); // [B, width, E]
    const u = silu(window.mul(conv.transpose()).sum(1).add(convBias)); // [B, E]
    const chosen = linear(u, wX); // [B, r + 2n]
    const delta = linear(chosen.slice([0, 0], [B, r]), wDelta, bDelta).softplus(); // [B, E]
    const step = delta.expandDims(2); // [B, E, 1]
    const b = chosen.slice([0, r], [B, n]).expandDims(1); // [B, 1, n]
    const c = chosen.slice([0, r + n], [B, n]).expandDims(1);
    const keep = step.mul(aLog.exp().neg()).exp(); // [B, E, n]
    const h = state.h.mul(keep).add(step.mul(b).mul(u.expandDims(2)));
    const y = h.mul(c).sum(2).add(u.mul(skip)); // [B, E]
    const past = window.slice([0, 1, 0], [B, width - 1, E]);
    return { output: linear(y.mul(silu(gate)), wOut), state: { past, h } };
  });
}
