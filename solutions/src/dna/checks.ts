/** A check that the functions of this folder share. */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape } from "../shapes";

/** @throws unless x is float32 and has this shape; a text stands for any length and names it */
export function expectFloats(fn: string, name: string, x: tf.Tensor, shape: readonly (number | string)[]): void {
  expectShape(fn, name, x, shape);
  expectDtype(fn, name, x, "float32");
}
