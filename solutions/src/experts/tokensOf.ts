/** Which tokens each expert works on, read from the gates. */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";

/**
 * The tokens of each expert, those whose gate isn't 0, in ascending order. A training step reads
 * them before its gradient, since a tensor of WebGPU can't be read inside.
 * @param gates [N, E]
 * @returns E lists
 * @throws when gates isn't float32 [N, E]
 */
export function tokensOf(gates: tf.Tensor): Promise<number[][]> {
  expectFloats("tokensOf", "gates", gates, ["N", "E"]);
  const E = gates.shape[1]!;
  return gates.data().then((values) => {
    const tokens: number[][] = Array.from({ length: E }, () => []);
    values.forEach((gate, i) => {
      if (gate !== 0) tokens[i % E]!.push(Math.floor(i / E));
    });
    return tokens;
  });
}
