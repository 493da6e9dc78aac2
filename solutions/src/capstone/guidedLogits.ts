/**
 * Classifier-free guidance (Ho & Salimans 2022, arXiv:2207.12598, §3.2, eq. 6) for a model that
 * writes tokens: the same model scores the next token with the caption and without one, and what
 * the caption adds is added several times. The paper mixes the noise that a diffusion model
 * predicts, and its weight w is s − 1 here; Gafni et al. 2022 (arXiv:2203.13131, §3.4) mix logits.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape, lastAxis } from "../shared/shapes";

/**
 * unconditional + scale · (conditional − unconditional)
 * @param conditional float32 [..., V], scores of the next token after the caption, all finite
 * @param unconditional float32, the shape of conditional, scores after an empty caption
 * @param scale s, at least 0: 0 ignores the caption, 1 is the model as it was trained, above 1 the
 *   caption counts for more
 * @returns scores [..., V]; gradients reach both
 * @throws when shapes differ, scores are not float32, or scale is not a finite number of at least 0
 */
export function guidedLogits(
  conditional: tf.Tensor,
  unconditional: tf.Tensor,
  scale: number,
): tf.Tensor {
  lastAxis("guidedLogits", "conditional", conditional);
  expectDtype("guidedLogits", "conditional", conditional, "float32");
  expectShape("guidedLogits", "unconditional", unconditional, conditional.shape);
  expectDtype("guidedLogits", "unconditional", unconditional, "float32");
  if (!(scale >= 0 && Number.isFinite(scale))) {
    throw new Error(
      `guidedLogits: expected scale to be a finite number of at least 0, got ${scale}`,
    );
  }
  // yours
  return tf.tidy(() => unconditional.add(conditional.sub(unconditional).mul(scale)));
}
