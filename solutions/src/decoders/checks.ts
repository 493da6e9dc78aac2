/** Checks that the language models share. */
import * as tf from "@tensorflow/tfjs-core";
import { checkValues, expectDtype, expectRank } from "../shared/shapes";

/**
 * @param table [V, C]
 * @throws unless ids is int32 [B, T], each id a row of the table
 */
export function expectIds(fn: string, ids: tf.Tensor, table: tf.Tensor): void {
  expectRank(fn, "ids", ids, 2);
  expectDtype(fn, "ids", ids, "int32");
  expectRank(fn, "tokens", table, 2);
  const V = table.shape[0]!;
  checkValues(ids, (values) => {
    const outside = values.find((id) => id < 0 || id >= V);
    if (outside !== undefined) {
      throw new Error(`${fn}: expected ids from 0 to ${V - 1}, got ${outside}`);
    }
  });
}
