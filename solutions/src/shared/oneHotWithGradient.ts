/**
 * oneHot with a gradient of zeros: ids are whole numbers, so a one-hot row is a constant. Without
 * it, tfjs stops at the comparison, which has no gradient, as soon as the ids come from something
 * that is differentiated. A test compares it with the plain one.
 */
import * as tf from "@tensorflow/tfjs-core";
import { oneHot as plain } from "../orientation/oneHot";
import { recordsGradients } from "./deviceKernel";
import { withGradient } from "./withGradient";

/**
 * result[..., j] = 1 where ids[...] = j, else 0.
 * @param ids int32 [...], each from 0 to depth − 1
 * @param depth the number of classes, a whole number of at least 1
 * @returns float32 [..., depth], a constant when differentiated
 * @throws when ids are not int32, an id lies outside the classes, or depth is out of range
 */
export function oneHot(ids: tf.Tensor, depth: number): tf.Tensor {
  if (!recordsGradients()) return plain(ids, depth);
  const constant = withGradient((ids) => ({
    value: plain(ids!, depth),
    saved: [],
    gradient: () => tf.zeros(ids!.shape),
  }));
  return constant(ids);
}
