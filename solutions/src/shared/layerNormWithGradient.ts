/**
 * layerNorm with its gradient written out (Ba, Kiros & Hinton 2016, arXiv:1607.06450): seven passes
 * over x where tfjs takes twenty, and a single one if the device has a kernel. Models use this
 * version; a test compares it with the plain one.
 */
import * as tf from "@tensorflow/tfjs-core";
import { deviceKernel } from "./deviceKernel";
import { expectDtype, expectShape, lastAxis } from "./shapes";
import { withGradient } from "./withGradient";

/**
 * Scales each token's features to mean 0 and variance 1, then applies gamma and beta.
 *   y = n·gamma + beta,  n = (x − mean(x))·r,  r = 1/√(var(x) + eps)
 * Backward, with dy = ∂L/∂y and g = dy·gamma:
 *   ∂L/∂x = r·(g − mean(g) − n·mean(g·n))
 *   ∂L/∂gamma = Σ dy·n,  ∂L/∂beta = Σ dy,  over all tokens
 * @param x float32 [..., C], up to 1e17 in size; sums of larger squares can overflow
 * @param gamma [C], the learned scale
 * @param beta [C], the learned shift
 * @param eps added to the variance, 1e-5 as in PyTorch
 * @returns [..., C]
 * @throws when x isn't float32, or gamma or beta doesn't have C entries
 */
export function layerNorm(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, eps = 1e-5): tf.Tensor {
  const C = lastAxis("layerNorm", "x", x);
  expectDtype("layerNorm", "x", x, "float32");
  expectShape("layerNorm", "gamma", gamma, [C]);
  expectShape("layerNorm", "beta", beta, [C]);
  const differentiable = withGradient((x, gamma, beta) => {
    const value = deviceKernel("LayerNorm")?.({ x, gamma, beta }, { eps })[0];
    if (value) {
      const gradient = (dy: tf.Tensor, x: tf.Tensor, gamma: tf.Tensor) =>
        deviceKernel("LayerNormGrad")!({ x, gamma, dy }, { eps });
      return { value, saved: [x, gamma], gradient };
    }
    const centered = x.sub(x.mean(-1, true));
    const r = centered.square().mean(-1, true).add(eps).rsqrt(); // [..., 1]
    const n = centered.mul(r);
    return { value: n.mul(gamma).add(beta), saved: [n, r, gamma], gradient: backward };
  });
  return differentiable(x, gamma, beta);
}

function backward(dy: tf.Tensor, n: tf.Tensor, r: tf.Tensor, gamma: tf.Tensor): tf.Tensor[] {
  const tokens = n.shape.slice(0, -1).map((_, axis) => axis);
  const g = dy.mul(gamma);
  const along = n.mul(g.mul(n).mean(-1, true));
  const dx = g.sub(g.mean(-1, true)).sub(along).mul(r);
  return [dx, dy.mul(n).sum(tokens), dy.sum(tokens)];
}
