/**
 * One half of a small VQ-VAE, the encoder or the decoder: a linear layer, a pre-norm residual block
 * in which each place sees its neighbors, and another linear layer. van den Oord et al. 2017
 * (arXiv:1711.00937, §4.1) use the same convolutions and residual blocks, and more of them.
 */
import * as tf from "@tensorflow/tfjs-core";
import { gelu } from "../blocks/gelu";
import { layerNorm } from "../blocks/layerNorm";
import { linear } from "../shared/linearWithGradient";
import { withNeighbors } from "./withNeighbors";

/**
 * The output of the chosen half, encoder or decoder: norm(h)·W′ + b′, with
 *   h = x·W + b
 *   h ← h + gelu(neighbors(norm(h))·W₁ + b₁)·W₂ + b₂
 * @param x float32 [B, rows, columns, dIn]
 * @param params by name: "encoder.in.w" [dIn, C], "encoder.block.w1" [9·C, C], "encoder.out.w"
 *   [C, dOut] and so on
 * @param half which half's parameters to use
 * @returns [B, rows, columns, dOut]
 * @throws when a parameter is missing or does not fit
 */
export function imageNetwork(
  x: tf.Tensor,
  params: Record<string, tf.Tensor>,
  half: "encoder" | "decoder",
): tf.Tensor {
  const of = (name: string): tf.Tensor => {
    const tensor = params[`${half}.${name}`];
    if (!tensor) {
      const held = Object.keys(params).join(", ") || "none";
      throw new Error(`imageNetwork: expected params to hold ${half}.${name}, got ${held}`);
    }
    return tensor;
  };
  return tf.tidy(() => {
    const h = linear(x, of("in.w"), of("in.b")); // [B, rows, columns, C]
    const normed = layerNorm(h, of("block.gamma"), of("block.beta"));
    const seen = withNeighbors(normed); // [B, rows, columns, 9·C]
    const hidden = gelu(linear(seen, of("block.w1"), of("block.b1")));
    const change = linear(hidden, of("block.w2"), of("block.b2"));
    const y = layerNorm(h.add(change), of("gamma"), of("beta"));
    return linear(y, of("out.w"), of("out.b"));
  });
}
