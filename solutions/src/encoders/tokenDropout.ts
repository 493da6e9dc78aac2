/**
 * ESM-2's treatment of masked tokens (Lin et al. 2023, doi:10.1126/science.ade2574), as
 * transformers computes it in EsmEmbeddings, with `token_dropout` in the model's configuration: a
 * masked token has no vector at all, and the rest are scaled as dropout scales what it keeps.
 */
import * as tf from "@tensorflow/tfjs-core";
import { paddingMask } from "../attention/paddingMask";
import { expectDtype, expectFloats, expectShape } from "../shared/shapes";
import { expectLengths } from "./checks";

/**
 * Sets the vectors of masked tokens and of padding to zero and scales all others of the text:
 *   x[b, t] · (1 − trained) / (1 − masked[b])
 * masked[b] is the number of masked tokens of text b, divided by its length.
 * @param x float32 [B, T, C], the tokens' vectors
 * @param ids int32 [B, T], the tokens
 * @param options maskId; trained, the share of tokens that training hides, at least 0 and below 1,
 *   default 0.15 · 0.8 = 0.12; lengths int32 [B], the tokens in each row that aren't padding, default
 *   T. Padding never holds maskId
 * @returns [B, T, C]; a text in which every token is masked gives zeros
 * @throws when x isn't float32 [B, T, C], ids isn't int32 [B, T], lengths doesn't fit, or trained
 *   lies outside [0, 1)
 */
export function tokenDropout(
  x: tf.Tensor,
  ids: tf.Tensor,
  options: { maskId: number; trained?: number; lengths?: tf.Tensor },
): tf.Tensor {
  const { maskId, trained = 0.15 * 0.8, lengths } = options;
  expectFloats("tokenDropout", "x", x, ["B", "T", "C"]);
  const [B, T] = x.shape as [number, number];
  expectShape("tokenDropout", "ids", ids, [B, T]);
  expectDtype("tokenDropout", "ids", ids, "int32");
  if (lengths) expectLengths("tokenDropout", lengths, [B, T]);
  if (!(trained >= 0 && trained < 1)) {
    throw new Error(`tokenDropout: expected trained to be at least 0 and below 1, got ${trained}`);
  }
  // yours
  return tf.tidy(() => {
    const real = lengths ? paddingMask(lengths, T).reshape([B, T]) : tf.ones([B, T]);
    const shown = ids.notEqual(maskId).mul(real); // [B, T], 1 or 0
    const counted = shown.sum(1, true).maximum(1); // [B, 1]; where nothing is shown, x is 0 anyway
    const scale = real
      .sum(1, true)
      .mul(1 - trained)
      .div(counted);
    return x.mul(shown.mul(scale).expandDims(-1));
  });
}
