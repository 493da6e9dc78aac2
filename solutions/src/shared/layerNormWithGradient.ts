/**
 * layerNorm with its gradient written out (Ba, Kiros & Hinton 2016, arXiv:1607.06450): seven passes
 * over x where tfjs takes twenty, and one where the device has a kernel. Models use this one; a
 * test holds it to the plain one.
 */
import * as tf from "@tensorflow/tfjs-core";
import { deviceKernel } from "./deviceKernel";
import { expectDtype, expectShape, lastAxis } from "./shapes";

/**
 * n·gamma + beta with n = (x − mean(x))·r and r = 1/√(var(x) + eps), over the last axis. Backward,
 * with dy = ∂L/∂y and g = dy·gamma: ∂L/∂x = r·(g − mean(g) − n·mean(g·n)), ∂L/∂gamma = Σ dy·n and
 * ∂L/∂beta = Σ dy over all tokens.
 * @param x float32 [..., C], any finite numbers
 * @param gamma [C], the learned scale
 * @param beta [C], the learned shift
 * @param eps added to the variance, 1e-5 as in PyTorch
 * @returns [..., C]
 * @throws when x is not float32, or gamma or beta does not have C entries
 */
export function layerNorm(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, eps = 1e-5): tf.Tensor {
  const C = lastAxis("layerNorm", "x", x);
  expectDtype("layerNorm", "x", x, "float32");
  expectShape("layerNorm", "gamma", gamma, [C]);
  expectShape("layerNorm", "beta", beta, [C]);
  const differentiable = tf.customGrad((...inputs) => {
    const [x, gamma, beta, save] = inputs as unknown as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.GradSaveFunc,
    ];
    const value = deviceKernel("LayerNorm")?.({ x, gamma, beta }, { eps })[0];
    if (value) {
      save([x, gamma]);
      return {
        value,
        gradFunc: (dy: tf.Tensor, [x, gamma]: tf.Tensor[]) =>
          deviceKernel("LayerNormGrad")!({ x: x!, gamma: gamma!, dy }, { eps }),
      };
    }
    const centred = x.sub(x.mean(-1, true));
    const r = centred.square().mean(-1, true).add(eps).rsqrt(); // [..., 1]
    const n = centred.mul(r);
    save([n, r, gamma]);
    return {
      value: n.mul(gamma).add(beta),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => backward(dy, saved),
    };
  });
  return tf.tidy(() => differentiable(x, gamma, beta));
}

function backward(dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] {
  const [n, r, gamma] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
  const tokens = n.shape.slice(0, -1).map((_, axis) => axis);
  const g = dy.mul(gamma);
  const dx = g
    .sub(g.mean(-1, true))
    .sub(n.mul(g.mul(n).mean(-1, true)))
    .mul(r);
  return [dx, dy.mul(n).sum(tokens), dy.sum(tokens)];
}
