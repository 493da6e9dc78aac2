/** The Mamba block (Gu & Dao 2023, arXiv:2312.00752, figure 3): convolution, scan and gate. */
import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../shared/linearWithGradient";
import { silu } from "../blocks/silu";
import { causalConvolution } from "./causalConvolution";
import { expectFloats } from "../shared/shapes";
import { selectiveScan } from "./selectiveScan";

/**
 * wIn [C, 2E], conv [E, width] with convBias [E], wX [E, r + 2n], wDelta [r, E] with bDelta [E],
 * aLog [E, n], skip [E], wOut [E, C].
 */
export interface MambaParams {
  wIn: tf.Tensor;
  conv: tf.Tensor;
  convBias: tf.Tensor;
  wX: tf.Tensor;
  wDelta: tf.Tensor;
  bDelta: tf.Tensor;
  aLog: tf.Tensor;
  skip: tf.Tensor;
  wOut: tf.Tensor;
}

/**
 * Mixes tokens by a selective scan with a gate.
 *   v, gate = x·wIn,  u = silu(causalConvolution(v, conv))
 *   δ, b, c = u·wX,  Δ = softplus(δ·wDelta + bDelta),  a = −exp(aLog)
 *   result = (selectiveScan(u, Δ, a, b, c, skip) ∘ silu(gate))·wOut
 * There is no norm and no residual inside.
 * @param x [B, T, C]
 * @param params wIn [C, 2E], columns for v and the gate; conv [E, width], whose last column meets
 *   the current token, convBias [E]; wX [E, r + 2n], columns for δ, b, c; wDelta [r, E], bDelta
 *   [E]; aLog [E, n]; skip [E]; wOut [E, C]
 * @returns [B, T, C]
 * @throws when shapes or dtypes don't fit
 */
export function mambaBlock(x: tf.Tensor, params: MambaParams): tf.Tensor {
  const { wIn, conv, convBias, wX, wDelta, bDelta, aLog, skip, wOut } = params;
  expectFloats("mambaBlock", "x", x, ["B", "T", "C"]);
  const C = x.shape[2]!;
  expectFloats("mambaBlock", "aLog", aLog, ["E", "n"]);
  const [E, n] = aLog.shape as [number, number];
  expectFloats("mambaBlock", "wIn", wIn, [C, 2 * E]);
  expectFloats("mambaBlock", "conv", conv, [E, "width"]);
  expectFloats("mambaBlock", "convBias", convBias, [E]);
  expectFloats("mambaBlock", "wDelta", wDelta, ["r", E]);
  const r = wDelta.shape[0]!;
  expectFloats("mambaBlock", "wX", wX, [E, r + 2 * n]);
  expectFloats("mambaBlock", "bDelta", bDelta, [E]);
  expectFloats("mambaBlock", "skip", skip, [E]);
  expectFloats("mambaBlock", "wOut", wOut, [E, C]);
  // yours
  return tf.tidy(() => {
    const both = linear(x, wIn); // [B, T, 2E]
    const part = (y: tf.Tensor, start: number, size: number) =>
      y.slice([0, 0, start], [-1, -1, size]);
    const u = silu(causalConvolution(part(both, 0, E), conv, convBias)); // [B, T, E]
    const chosen = linear(u, wX); // [B, T, r + 2n]
    const delta = linear(part(chosen, 0, r), wDelta, bDelta).softplus(); // [B, T, E]
    const [b, c] = [part(chosen, r, n), part(chosen, r + n, n)];
    const y = selectiveScan(u, delta, aLog.exp().neg(), b, c, skip);
    return linear(y.mul(silu(part(both, E, E))), wOut);
  });
}
