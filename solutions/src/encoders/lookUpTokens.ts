/**
 * The first layer of every model that reads tokens: a row of a table for each id. tfjs computes the
 * gradient of gather with an operation that stock WASM lacks; here it is a product with one-hot
 * rows.
 */
import * as tf from "@tensorflow/tfjs-core";
import { oneHot } from "../orientation/oneHot";
import { checkValues, expectDtype, expectRank } from "../shared/shapes";

/**
 * Looks up a vector for each id: result[...] = table[ids[...]].
 * The gradient reaches each row as often as its id occurs.
 * @param ids int32 [...], each from 0 to V − 1
 * @param table [V, C]
 * @returns [..., C]
 * @throws when ids isn't int32, an id isn't in the table, or the table isn't of rank 2
 */
export function lookUpTokens(ids: tf.Tensor, table: tf.Tensor): tf.Tensor {
  expectRank("lookUpTokens", "table", table, 2);
  expectDtype("lookUpTokens", "ids", ids, "int32");
  const [V, C] = table.shape as [number, number];
  checkValues(ids, (values) => {
    const outside = values.find((id: number) => id < 0 || id >= V);
    if (outside !== undefined) {
      throw new Error(`lookUpTokens: expected ids from 0 to ${V - 1}, got ${outside}`);
    }
  });
  return tf.tidy(() => {
    const places = ids.flatten(); // [n]
    const look = tf.customGrad((table, save) => {
      (save as tf.GradSaveFunc)([places]);
      const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
        oneHot(saved[0]!, V).matMul(dy, true, false); // [V, n]·[n, C]
      return { value: tf.gather(table as tf.Tensor, places), gradFunc };
    });
    return look(table).reshape([...ids.shape, C]);
  });
}
