/**
 * One-hot vectors: an id becomes a row of zeros with a single one in the id's place.
 * A one-hot row times a table looks up a row of the table, and this lookup has a gradient.
 */
import * as tf from "@tensorflow/tfjs-core";
import { checkValues, expectDtype, shapeText } from "../shared/shapes";

/**
 * result[..., j] = 1 where ids[...] = j, else 0.
 * @param ids int32 [...], each from 0 to depth − 1
 * @param depth the number of classes, a whole number of at least 1
 * @returns float32 [..., depth]
 * @throws when ids are not int32, an id lies outside the classes, or depth is out of range
 */
export function oneHot(ids: tf.Tensor, depth: number): tf.Tensor {
  expectDtype("oneHot", "ids", ids, "int32");
  if (!Number.isInteger(depth) || depth < 1) {
    throw new Error(`oneHot: expected depth to be a whole number of at least 1, got ${depth}`);
  }
  checkValues(ids, (values) => {
    const outside = values.find((id) => id < 0 || id >= depth);
    if (outside !== undefined) {
      const shape = shapeText(ids.shape);
      throw new Error(
        `oneHot: expected ids from 0 to ${depth - 1}, got ${outside} in ids ${shape}`,
      );
    }
  });
  // yours
  return tf.tidy(() => {
    const classes = tf.range(0, depth, 1, "int32");
    return ids.expandDims(-1).equal(classes).cast("float32"); // [..., depth]
  });
}
