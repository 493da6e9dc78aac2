/** For tests only: a Llama of random weights. */
import * as tf from "@tensorflow/tfjs-core";
import type { LlamaOptions, LlamaParams } from "./types";

/** Width 8, four heads in two groups, two blocks, seven tokens. */
export function smallLlama(): { params: LlamaParams; options: LlamaOptions } {
  let seed = 0;
  const draw = (...shape: number[]): tf.Tensor => tf.randomNormal(shape, 0, 0.4, "float32", ++seed);
  const block = () => ({
    norm1: draw(8).add(1),
    norm2: draw(8).add(1),
    attention: { wq: draw(8, 8), wk: draw(8, 4), wv: draw(8, 4), wo: draw(8, 8) },
    mlp: { gate: draw(8, 12), up: draw(8, 12), down: draw(12, 8) },
  });
  return {
    params: { tokens: draw(7, 8), blocks: [block(), block()], norm: draw(8).add(1) },
    options: { heads: 4, kvHeads: 2 },
  };
}
