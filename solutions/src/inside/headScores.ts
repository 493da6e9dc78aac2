/**
 * What a head does, told from where it looks (Olsson et al. 2022, arXiv:2209.11895, on induction
 * heads and the previous-token heads that they build on; Wang et al. 2022, arXiv:2211.00593, on
 * duplicate-token heads).
 */
import * as tf from "@tensorflow/tfjs-core";
import { checkValues, expectDtype, expectFloats, expectRank } from "../shared/shapes";

/**
 * Mean weights of each head at three places. With s the last place before t that holds the same
 * token as t:
 *   previous   weights[t, t − 1], over all t ≥ 1
 *   duplicate  weights[t, s],     over all t that have an s
 *   induction  weights[t, s + 1], over the same t
 * Each is one mean over all places of all texts; 0 where no place counts.
 * @param weights [B, H, T, T], row t: how much token t reads of each token
 * @param ids int32 [B, T]
 * @returns three float32 tensors [H]
 * @throws when weights aren't [B, H, T, T], or ids aren't int32 [B, T] from 0 on
 */
export function headScores(
  weights: tf.Tensor,
  ids: tf.Tensor,
): { previous: tf.Tensor; duplicate: tf.Tensor; induction: tf.Tensor } {
  expectRank("headScores", "ids", ids, 2);
  expectDtype("headScores", "ids", ids, "int32");
  const [B, T] = ids.shape as [number, number];
  expectFloats("headScores", "weights", weights, [B, "H", T, T]);
  checkValues(ids, (values) => {
    const negative = values.find((id) => id < 0);
    if (negative !== undefined) {
      throw new Error(`headScores: expected ids from 0 on, got ${negative}`);
    }
  });
  // yours
  return tf.tidy(() => {
    const rows = tf.range(0, T, 1, "int32");
    const same = ids.expandDims(2).equal(ids.expandDims(1)); // [B, T, T]
    const earlier = rows.expandDims(1).greater(rows);
    // s + 1, or 0 where the token is new
    const after = same.logicalAnd(earlier).mul(rows.add(1)).max(-1); // [B, T]
    const repeats = after.greater(0).toFloat();
    const mean = (columns: tf.Tensor, counts: tf.Tensor) => {
      const isAt = columns.expandDims(-1).equal(rows).toFloat(); // [B, T, T]
      const at = isAt.mul(counts.expandDims(-1));
      const total = weights.mul(at.expandDims(1)).sum([0, 2, 3]); // [H]
      return total.div(counts.sum().maximum(1));
    };
    const later = rows.greater(0).toFloat().expandDims(0).tile([B, 1]);
    return {
      previous: mean(rows.sub(1).expandDims(0), later),
      duplicate: mean(after.sub(1), repeats),
      induction: mean(after, repeats),
    };
  });
}
