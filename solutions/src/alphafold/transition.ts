/**
 * The transition: a feed-forward network on each residue of an alignment, or on each pair. Two
 * matrices with ReLU in AlphaFold 2 (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2,
 * supplement, algorithms 9 and 15), SwiGLU in AlphaFold 3 (Abramson et al. 2024,
 * doi:10.1038/s41586-024-07487-w, supplement, algorithm 11).
 */
import * as tf from "@tensorflow/tfjs-core";
import { feedForward } from "../blocks/feedForward";
import { layerNorm } from "../shared/layerNormWithGradient";
import { swiGlu } from "../blocks/swiGlu";
import { expectDtype, lastAxis } from "../shared/shapes";
import { expectTransition } from "./pairChecks";
import type { TransitionParams } from "./pairTypes";

/**
 * Normalizes x, n = norm(x), and applies one of two networks, depending on the weights.
 *   w1, w2          relu(n·w1 + b1)·w2 + b2
 *   gate, up, down  (silu(n·gate) ∘ n·up)·down
 * There is no residual inside.
 * @param x float32 [..., C]
 * @param params norm [C]; w1 [C, F], b1 [F], w2 [F, C], b2 [C], or gate and up [C, F], down [F, C]
 * @returns [..., C]
 * @throws when x is not float32, or a weight does not fit
 */
export function transition(x: tf.Tensor, params: TransitionParams): tf.Tensor {
  const C = lastAxis("transition", "x", x);
  expectDtype("transition", "x", x, "float32");
  expectTransition("transition", "", params, C);
  // yours
  return tf.tidy(() => {
    const n = layerNorm(x, params.norm.gamma, params.norm.beta);
    return "gate" in params ? swiGlu(n, params) : feedForward(n, params, (y) => y.relu());
  });
}
