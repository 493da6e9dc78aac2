/**
 * A probe asks what can be read from a frozen model's activations by a linear map alone (Alain &
 * Bengio 2016, "Understanding intermediate layers using linear classifier probes",
 * arXiv:1610.01644). Here it is ridge regression on one-hot labels (Hoerl & Kennard 1970), which has
 * one solution and needs no steps.
 */
import * as tf from "@tensorflow/tfjs-core";
import { oneHot } from "../orientation/oneHot";
import { checkValues, expectCount, expectDtype, expectFloats, expectShape } from "../shared/shapes";
import { solveSpd } from "./solveSpd";
import type { ProbeParams } from "./types";

/**
 * The weights W and bias β that make
 *   Σ_n ‖x_n·W + β − oneHot(y_n)‖² + ridge·‖W‖²
 * smallest. The bias is free: only W is held small. With means x̄ and ȳ over the examples,
 *   W = (XᵀX + ridge·I)⁻¹·XᵀY,  β = ȳ − x̄·W,  where X = x − x̄ and Y = oneHot(y) − ȳ
 * The class of x is the largest number of x·W + β.
 * @param x float32 [N, D], N ≥ 1
 * @param y int32 [N], each from 0 to classes − 1; a class may have no example
 * @param options classes K; ridge, above 0, default 1
 * @returns weights [D, K], bias [K]
 * @throws when a shape or dtype doesn't fit, a label is out of range, or ridge isn't above 0
 */
export function linearProbe(
  x: tf.Tensor,
  y: tf.Tensor,
  options: { classes: number; ridge?: number },
): ProbeParams {
  const { classes, ridge = 1 } = options;
  expectFloats("linearProbe", "x", x, ["N", "D"]);
  const [N, D] = x.shape as [number, number];
  if (N === 0) throw new Error(`linearProbe: expected x of at least one example, got [0, ${D}]`);
  expectShape("linearProbe", "y", y, [N]);
  expectDtype("linearProbe", "y", y, "int32");
  expectCount("linearProbe", "classes", classes);
  expectLabels(y, classes);
  if (!(ridge > 0 && ridge < Infinity)) {
    throw new Error(`linearProbe: expected ridge above 0, got ${ridge}`);
  }
  // yours
  return tf.tidy(() => {
    const targets = oneHot(y, classes); // [N, K]
    const center = x.mean(0, true);
    const share = targets.mean(0, true);
    const X = x.sub(center);
    const gram = X.matMul(X, true).add(tf.eye(D).mul(ridge)); // [D, D]
    const weights = solveSpd(gram, X.matMul(targets.sub(share), true));
    return { weights, bias: share.sub(center.matMul(weights)).squeeze([0]) };
  });
}

// given
function expectLabels(y: tf.Tensor, classes: number): void {
  checkValues(y, (labels) => {
    const outside = labels.find((label) => label < 0 || label >= classes);
    if (outside !== undefined) {
      throw new Error(`linearProbe: expected y from 0 to ${classes - 1}, got ${outside}`);
    }
  });
}
