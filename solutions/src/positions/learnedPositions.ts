/**
 * Learned position embedding (Gehring et al. 2017, arXiv:1705.03122, §3.1; BERT, GPT-2): one vector
 * for each place, and none beyond the last.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectCount, expectDtype, expectShape } from "../shared/shapes";

/**
 * The first rows of the table, one for each token.
 * @param table [M, C]
 * @param length T, at most M
 * @returns [T, C]
 * @throws when the text is longer than the table
 */
export function learnedPositions(table: tf.Tensor, length: number): tf.Tensor {
  expectShape("learnedPositions", "table", table, ["M", "C"]);
  expectDtype("learnedPositions", "table", table, "float32");
  expectCount("learnedPositions", "length", length, 0);
  const [M, C] = table.shape as [number, number];
  if (length > M) {
    throw new Error(
      `learnedPositions: expected length to be at most ${M}, the rows of the table, ` +
        `got length ${length}`,
    );
  }
  // yours
  return table.slice([0, 0], [length, C]);
}
