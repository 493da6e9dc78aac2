/** What adapting a model adds to it, as plain data. */
import type { Tensor } from "@tensorflow/tfjs-core";

/** What LoRA adds to a matrix [C, D]: a [C, r] and b [r, D]. */
export interface LoraParams {
  a: Tensor;
  b: Tensor;
}

/** weights [D, K], bias [K]; a type, since tf.tidy doesn't take an interface. */
export type ProbeParams = { weights: Tensor; bias: Tensor };

/** One solved example of a task: what was asked, and the right answer. */
export interface SolvedExample {
  input: string;
  output: string;
}

/** Which matrix of a GPT is multiplied: "0.q", "0.k", "0.v", "0.o", "0.up", "0.down", "1.q", … */
export type ApplyLinear = (x: Tensor, w: Tensor, bias: Tensor, name: string) => Tensor;
