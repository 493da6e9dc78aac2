/**
 * One half of a small VQ-VAE, the encoder or the decoder: a linear layer, a pre-norm residual block
 * in which each place sees its neighbours, and a linear layer. Convolutions and residual blocks as
 * in van den Oord et al. 2017 (arXiv:1711.00937, §4.1), fewer of them.
 */
import * as tf from "@tensorflow/tfjs-core";
import { gelu } from "../blocks/gelu";
import { layerNorm } from "../blocks/layerNorm";
import { linear } from "../shared/linearWithGradient";
import { withNeighbours } from "./withNeighbours";

/**
 * h = x·W + b; h ← h + gelu(neighbours(norm(h))·W₁ + b₁)·W₂ + b₂; result norm(h)·W′ + b′.
 * @param x float32 [B, rows, columns, dIn]
 * @param params "encoder.in.w" [dIn, C], "encoder.block.w1" [9·C, C], "encoder.out.w" [C, dOut] and
 *   so on, by name
 * @param half which half's parameters are meant
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
      throw new Error(
        `imageNetwork: expected params to hold ${half}.${name}, got ` +
          `${Object.keys(params).join(", ") || "none"}`,
      );
    }
    return tensor;
  };
  return tf.tidy(() => {
    const h = linear(x, of("in.w"), of("in.b")); // [B, rows, columns, C]
    // [B, rows, columns, 9·C]
    const seen = withNeighbours(layerNorm(h, of("block.gamma"), of("block.beta")));
    const told = linear(
      gelu(linear(seen, of("block.w1"), of("block.b1"))),
      of("block.w2"),
      of("block.b2"),
    );
    return linear(layerNorm(h.add(told), of("gamma"), of("beta")), of("out.w"), of("out.b"));
  });
}
