/**
 * rmsNorm in one pass if the device has a kernel and no gradient is recorded, the plain function
 * everywhere else. Models use this version; a test compares it with the plain one.
 */
import * as tf from "@tensorflow/tfjs-core";
import { inferenceKernel } from "./deviceKernel";
import { expectDtype, expectShape, lastAxis } from "./shapes";
import { rmsNorm as plain } from "../blocks/rmsNorm";

/**
 * x / √(mean(x²) + eps) · gamma, over the last axis.
 * @param x float32 [..., C], up to 1e17 in size; sums of larger squares can overflow
 * @param gamma [C], the learned scale
 * @param eps added to the mean square, 1e-6 as in Llama
 * @returns [..., C]
 * @throws when x isn't float32 or gamma doesn't have C entries
 */
export function rmsNorm(x: tf.Tensor, gamma: tf.Tensor, eps = 1e-6): tf.Tensor {
  const kernel = inferenceKernel("RmsNorm");
  if (!kernel) return plain(x, gamma, eps);
  expectDtype("rmsNorm", "x", x, "float32");
  expectShape("rmsNorm", "gamma", gamma, [lastAxis("rmsNorm", "x", x)]);
  return kernel({ x, gamma }, { eps })[0];
}
