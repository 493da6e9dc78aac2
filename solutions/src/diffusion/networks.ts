/**
 * The networks inside of this lesson's denoisers, trained by data/training/diffusion: residual
 * layers for small pictures, and a plain Transformer for chains of atoms. Neither knows anything
 * about pixels' neighbors or about rotations.
 */
import * as tf from "@tensorflow/tfjs-core";
import { encoderBlock } from "../encoders/encoderBlock";
import type { BlockParams, NormParams } from "../encoders/types";
import { gelu } from "../shared/geluWithGradient";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import { expectFloats, expectShape } from "../shared/shapes";

/** Weights by their names in a checkpoint. */
export type NamedWeights = { [name: string]: tf.Tensor };

/** The kind that stands for "any": the last row of the table. */
export const ANY_KIND = 10;

/** cNoise [B] → [B, 32]: sines and cosines of 16 frequencies from 1/4 to 8. */
function waves(cNoise: tf.Tensor): tf.Tensor {
  const frequencies = Array.from({ length: 16 }, (_, i) => 0.25 * 2 ** (i / 3));
  const angles = cNoise.expandDims(-1).mul(tf.tensor1d(frequencies));
  return tf.concat([angles.sin(), angles.cos()], -1);
}

function normAt(weights: NamedWeights, at: string): NormParams {
  return { gamma: weights[`${at}gamma`]!, beta: weights[`${at}beta`]! };
}

/**
 * The network of the denoiser of clothes: three residual layers of width 256.
 * @param weights of clothes-diffusion.safetensors
 * @param x [B, 196], scaled as preconditionEdm does
 * @param cNoise [B]
 * @param kinds int32 [B]: which kind of clothes, 0 to 9, or 10 for any
 * @returns [B, 196]
 */
export function clothesNetwork(
  weights: NamedWeights,
  x: tf.Tensor,
  cNoise: tf.Tensor,
  kinds: tf.Tensor,
): tf.Tensor {
  expectFloats("clothesNetwork", "x", x, ["B", 196]);
  expectFloats("clothesNetwork", "cNoise", cNoise, [x.shape[0]!]);
  expectShape("clothesNetwork", "kinds", kinds, [x.shape[0]!]);
  return tf.tidy(() => {
    const w = weights as Record<string, tf.Tensor2D>;
    const condition = waves(cNoise).matMul(w.wNoise!).add(tf.gather(w.kinds!, kinds));
    let h: tf.Tensor = linear(x, w.wIn!, w.bIn!).add(condition);
    for (let i = 0; `${i}.w1` in w; i++) {
      const { gamma, beta } = normAt(w, `${i}.`);
      const hidden = gelu(linear(layerNorm(h, gamma, beta), w[`${i}.w1`]!, w[`${i}.b1`]!));
      h = h.add(linear(hidden, w[`${i}.w2`]!, w[`${i}.b2`]!));
    }
    const { gamma, beta } = normAt(w, "");
    return linear(layerNorm(h, gamma, beta), w.wOut!, w.bOut!);
  });
}

/** x [B, T, 3] → [B, T, 21]: each atom and the ways to three neighbors on either side, 0 beyond. */
function atomTokens(x: tf.Tensor): tf.Tensor {
  const [B, T] = x.shape as [number, number, number];
  const part = (from: number) => x.slice([0, Math.max(0, from), 0], [B, T - Math.abs(from), 3]);
  const ways = [1, 2, 3].flatMap((k) => {
    const way = part(k).sub(part(-k)).mul(2); // [B, T − k, 3]
    const after = tf.pad(way, [[0, 0], [0, k], [0, 0]]); // prettier-ignore
    const before = tf.pad(way.neg(), [[0, 0], [k, 0], [0, 0]]); // prettier-ignore
    return [after, before];
  });
  return tf.concat([x, ...ways], -1);
}

/** Block i of a chain's Transformer, from names such as "moved.0.wq". */
function blockOf(w: NamedWeights, at: string): BlockParams {
  const of = (name: string) => w[`${at}${name}`]!;
  const { wq, wk, wv, wo } = { wq: of("wq"), wk: of("wk"), wv: of("wv"), wo: of("wo") };
  const { bq, bk, bv, bo } = { bq: of("bq"), bk: of("bk"), bv: of("bv"), bo: of("bo") };
  return {
    norm1: normAt(w, `${at}norm1.`),
    attention: { wq, wk, wv, wo, bq, bk, bv, bo },
    norm2: normAt(w, `${at}norm2.`),
    mlp: { w1: of("w1"), b1: of("b1"), w2: of("w2"), b2: of("b2") },
  };
}

/**
 * The network of a denoiser of chains: a Transformer of three blocks with four heads over atoms,
 * whose tokens are coordinates, the ways to three neighbors on either side, the places along the
 * chain, and the noise level.
 * @param weights of chain-diffusion.safetensors
 * @param which "moved" was trained with random moves, "still" without
 * @param x [B, T, 3], scaled as preconditionEdm does
 * @param cNoise [B]
 * @returns [B, T, 3]
 */
export function chainNetwork(
  weights: NamedWeights,
  which: "moved" | "still",
  x: tf.Tensor,
  cNoise: tf.Tensor,
): tf.Tensor {
  const of = (name: string) => weights[`${which}.${name}`]!;
  expectFloats("chainNetwork", "x", x, ["B", of("positions").shape[0]!, 3]);
  expectFloats("chainNetwork", "cNoise", cNoise, [x.shape[0]!]);
  return tf.tidy(() => {
    const level = waves(cNoise).matMul(of("wNoise")).expandDims(1); // [B, 1, C]
    const read = linear(atomTokens(x), of("wIn"), of("bIn"));
    let h: tf.Tensor = read.add(of("positions")).add(level);
    for (let i = 0; `${which}.${i}.wq` in weights; i++) {
      h = encoderBlock(h, blockOf(weights, `${which}.${i}.`), { heads: 4 });
    }
    const { gamma, beta } = normAt(weights, `${which}.norm.`);
    return linear(layerNorm(h, gamma, beta), of("wOut"), of("bOut"));
  });
}
