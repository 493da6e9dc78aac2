/**
 * The first layer of every model of tokens: row id of a table. tfjs's own gradient of gather is an
 * operation that stock WASM lacks; here it is a product with one-hot rows.
 */
import * as tf from "@tensorflow/tfjs-core";
import { oneHot } from "../orientation/oneHot";
import { checkValues, expectDtype, expectRank } from "../shared/shapes";

/**
 * result[...] = table[ids[...]]; the gradient reaches each row as often as its id occurs.
 * @param ids int32 [...], each from 0 to V − 1
 * @param table [V, C]
 * @returns [..., C]
 * @throws when ids are not int32, an id lies outside the table, or the table is not of rank 2
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
      return {
        value: tf.gather(table as tf.Tensor, places), // [n, C]
        gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
          oneHot(saved[0]!, V).matMul(dy, true, false), // [V, n]·[n, C]
      };
    });
    return look(table).reshape([...ids.shape, C]);
  });
}
