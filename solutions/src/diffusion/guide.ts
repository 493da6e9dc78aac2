/**
 * Classifier-free guidance (Ho & Salimans 2022, arXiv:2207.12598, equation 6, where w = scale − 1),
 * and its rescaling (Lin et al. 2023, arXiv:2305.08891, equations 15 and 16).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectBetween, expectLike } from "./checks";
import { expectDtype } from "../shared/shapes";

/**
 * Goes from the guess without a condition to the one with it, and further:
 *   guided = unconditional + scale·(conditional − unconditional)
 * With rescale φ, each row's deviation over its numbers is brought towards the conditional's:
 *   result = φ·guided·std(conditional)/std(guided) + (1 − φ)·guided
 * @param conditional [B, …], float32
 * @param unconditional like conditional
 * @param scale from 0 on; 0 gives unconditional, 1 conditional
 * @param options rescale from 0 to 1, default 0; above 0 the numbers of a guided row must differ
 * @returns like conditional
 * @throws when unconditional doesn't fit, or a number is out of range
 */
export function guide(
  conditional: tf.Tensor,
  unconditional: tf.Tensor,
  scale: number,
  options: { rescale?: number } = {},
): tf.Tensor {
  const { rescale = 0 } = options;
  expectDtype("guide", "conditional", conditional, "float32");
  expectLike("guide", "unconditional", unconditional, conditional);
  expectBetween("guide", "scale", scale, [0, Infinity]);
  expectBetween("guide", "rescale", rescale, [0, 1]);
  // yours
  return tf.tidy(() => {
    const guided = unconditional.add(conditional.sub(unconditional).mul(scale));
    if (rescale === 0) return guided;
    const axes = guided.shape.slice(1).map((_, i) => i + 1);
    const deviation = (x: tf.Tensor) => tf.moments(x, axes, true).variance.sqrt();
    const ratio = deviation(conditional).div(deviation(guided));
    return guided.mul(ratio.sub(1).mul(rescale).add(1));
  });
}
