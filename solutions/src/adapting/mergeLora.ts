/**
 * After training, LoRA's product is added to the matrix it stood beside, and the model is as fast
 * as before (Hu et al. 2021, arXiv:2106.09685, §4.1, "No additional inference latency").
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";
import { expectLora } from "./checks";
import type { LoraParams } from "./types";

/**
 * w + (alpha / r)·a·b.
 * @param w [C, D], which stays as it is
 * @param lora a [C, r] and b [r, D]
 * @param alpha r unless given, so that the factor is 1; −alpha takes a merged change out again
 * @returns a new matrix [C, D], with which linear gives what loraLinear gives
 * @throws when a shape or dtype doesn't fit, or alpha isn't a finite number
 */
export function mergeLora(w: tf.Tensor, lora: LoraParams, alpha?: number): tf.Tensor {
  expectFloats("mergeLora", "w", w, ["C", "D"]);
  expectLora("mergeLora", lora, w.shape as [number, number], alpha);
  // yours
  return tf.tidy(() => {
    const { a, b } = lora;
    const r = a.shape[1]!;
    return w.add(a.matMul(b).mul((alpha ?? r) / r));
  });
}
