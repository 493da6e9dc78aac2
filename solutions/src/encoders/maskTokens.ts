/**
 * The task that BERT learns from (Devlin et al. 2018, arXiv:1810.04805, §3.1 and appendix A.1):
 * some tokens are chosen and must be guessed. Most of them are hidden, some replaced and some left
 * as they are, so the model can't trust any token blindly.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectRank, expectShape } from "../shared/shapes";

/**
 * Chooses tokens, hides most of them, and keeps the originals as labels.
 * A token is chosen if choose < rate and it isn't special. A chosen token becomes
 *   maskId           where kind < 0.8
 *   the replacement  where 0.8 ≤ kind < 0.9
 *   itself           elsewhere
 * Labels are the ids of chosen tokens, and −100 everywhere else. Borders are float32, as in tfjs.
 * @param ids int32 [B, T]
 * @param noise choose and kind float32 [B, T], uniform from 0 to 1; replacement int32 [B, T],
 *   random ids
 * @param options maskId; specials, the ids that are never chosen; rate from 0 to 1, default 0.15
 * @returns inputs and labels, int32 [B, T]
 * @throws when shapes or dtypes don't fit, or rate isn't between 0 and 1
 */
export function maskTokens(
  ids: tf.Tensor,
  noise: { choose: tf.Tensor; kind: tf.Tensor; replacement: tf.Tensor },
  options: { maskId: number; specials: number[]; rate?: number },
): { inputs: tf.Tensor; labels: tf.Tensor } {
  const { choose, kind, replacement } = noise;
  const { maskId, specials, rate = 0.15 } = options;
  expectRank("maskTokens", "ids", ids, 2);
  expectDtype("maskTokens", "ids", ids, "int32");
  for (const [name, x] of Object.entries({ choose, kind, replacement })) {
    expectShape("maskTokens", name, x, ids.shape);
  }
  expectDtype("maskTokens", "replacement", replacement, "int32");
  if (!(rate >= 0 && rate <= 1)) {
    throw new Error(`maskTokens: expected rate between 0 and 1, got ${rate}`);
  }
  // yours
  return tf.tidy(() => {
    const whole = (n: number) => tf.scalar(n, "int32");
    let chosen = choose.less(rate);
    for (const special of specials) chosen = chosen.logicalAnd(ids.notEqual(whole(special)));
    const visible = tf.where(kind.less(0.9), replacement, ids);
    const changed = tf.where(kind.less(0.8), whole(maskId), visible);
    return {
      inputs: tf.where(chosen, changed, ids),
      labels: tf.where(chosen, ids, whole(-100)),
    };
  });
}
