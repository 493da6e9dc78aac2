/**
 * Direct logit attribution (Elhage et al. 2021, "A Mathematical Framework for Transformer
 * Circuits"; Wang et al. 2022, arXiv:2211.00593, §3.1): the residual stream is a sum, so a
 * difference of two logits is one, too, once the scale of the last norm is taken as given.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { GptParams } from "../decoders/types";
import { expectNorm } from "../shared/layerChecks";
import { checkValues, expectDtype, expectFloats, expectShape } from "../shared/shapes";

/**
 * Splits logit(right) − logit(wrong) over what was added to the stream. With x = Σₙ parts[n],
 * σ = √(var(x) + 1e-5) and δ = tokens[right] − tokens[wrong]:
 *   parts[n] → Σ_c (parts[n] − mean(parts[n])) / σ · gamma · δ,   bias → Σ_c beta · δ
 * Means and the variance are over C, the variance divides by C. All contributions together give the
 * difference of the model's logits.
 * @param parts [N, B, C], what N parts of the model add to the stream of B texts at one place
 * @param params tokens [V, C] and the last norm
 * @param right int32 [B], the ids whose logits count
 * @param wrong int32 [B], the ids whose logits are subtracted
 * @returns parts [N, B] and bias [B]
 * @throws when a shape or dtype doesn't fit, or an id isn't a row of tokens
 */
export function logitAttribution(
  parts: tf.Tensor,
  params: Pick<GptParams, "tokens" | "norm">,
  right: tf.Tensor,
  wrong: tf.Tensor,
): { parts: tf.Tensor; bias: tf.Tensor } {
  expectFloats("logitAttribution", "tokens", params.tokens, ["V", "C"]);
  const [V, C] = params.tokens.shape as [number, number];
  expectNorm("logitAttribution", "norm", params.norm, C);
  expectFloats("logitAttribution", "parts", parts, ["N", "B", C]);
  Object.entries({ right, wrong }).forEach(([name, ids]) => {
    expectShape("logitAttribution", name, ids, [parts.shape[1]!]);
    expectDtype("logitAttribution", name, ids, "int32");
    checkValues(ids, (values) => {
      const outside = values.find((id) => id < 0 || id >= V);
      if (outside !== undefined) {
        throw new Error(`logitAttribution: expected ${name} from 0 to ${V - 1}, got ${outside}`);
      }
    });
  });
  // yours
  return tf.tidy(() => {
    const { tokens, norm } = params;
    const direction = tf.gather(tokens, right).sub(tf.gather(tokens, wrong)); // [B, C]
    const variance = tf.moments(parts.sum(0), -1, true).variance; // [B, 1]
    const centered = parts.sub(parts.mean(-1, true));
    const scaled = centered.div(variance.add(1e-5).sqrt()).mul(norm.gamma); // [N, B, C]
    return {
      parts: scaled.mul(direction).sum(-1),
      bias: direction.mul(norm.beta).sum(-1),
    };
  });
}
