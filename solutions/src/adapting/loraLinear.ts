/**
 * Low-rank adaptation (Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models",
 * arXiv:2106.09685, §4.1): a frozen matrix, and beside it a product of two thin ones that learn.
 * The paper's dropout before a is left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { lastAxis, expectDtype, expectFloats } from "../shared/shapes";
import { linear } from "../shared/linearWithGradient";
import { expectLora } from "./checks";
import type { LoraParams } from "./types";

/**
 * x·w + bias + (alpha / r)·(x·a)·b.
 * x meets a before b, so nothing as large as w is made.
 * @param x float32 [..., C]
 * @param w [C, D], the pretrained matrix
 * @param lora a [C, r] and b [r, D]; with b = 0 the result is that of w alone
 * @param options bias [D], none unless given; alpha, r unless given, so that the factor is 1; with
 *   alpha 0 the result is that of w alone
 * @returns [..., D]
 * @throws when a shape or dtype doesn't fit, or alpha isn't a finite number
 */
export function loraLinear(
  x: tf.Tensor,
  w: tf.Tensor,
  lora: LoraParams,
  options: { bias?: tf.Tensor; alpha?: number } = {},
): tf.Tensor {
  const C = lastAxis("loraLinear", "x", x);
  expectDtype("loraLinear", "x", x, "float32");
  expectFloats("loraLinear", "w", w, [C, "D"]);
  const D = w.shape[1]!;
  expectLora("loraLinear", lora, [C, D], options.alpha);
  if (options.bias) expectFloats("loraLinear", "bias", options.bias, [D]);
  // yours
  return tf.tidy(() => {
    const { a, b } = lora;
    const r = a.shape[1]!;
    const alpha = options.alpha ?? r;
    const change = linear(linear(x, a), b).mul(alpha / r);
    return linear(x, w, options.bias).add(change);
  });
}
