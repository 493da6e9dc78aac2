/**
 * A whole Vision Transformer (Dosovitskiy et al. 2020, arXiv:2010.11929, eq. 1 to 4): pre-norm
 * blocks of self-attention and a feed-forward network read the patches and [class], and a linear
 * layer reads [class]. Dropout is left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { gelu } from "../blocks/gelu";
import { layerNorm } from "../blocks/layerNorm";
import { linear } from "../shared/linearWithGradient";
import { softmax } from "../orientation/softmax";
import { expectVit } from "./checks";
import { embedPatches } from "./embedPatches";

/**
 * In each block, with x from embedPatches:
 *   x ← x + attention(norm₁(x)),  x ← x + gelu(norm₂(x)·W₁ + b₁)·W₂ + b₂
 * and at the end logits = norm(x of [class])·W + b.
 * @param images float32 [B, H, W, channels]
 * @param options patch, the side of a patch, and heads, which divides the width C
 * @param params by name: those of embedPatches, "0.norm1.gamma" [C], "0.wq" and "0.bq" (k, v and o
 *   likewise) [C, C] and [C], "0.w1" [C, F], "0.w2" [F, C] and so on for each block; "norm.gamma",
 *   "norm.beta", "head.w" [C, kinds], "head.b"
 * @returns logits [B, kinds], and for each block the weights with which [class] attends
 *   [B, heads, 1 + patches], itself first
 * @throws when images, an option or a parameter does not fit, or a parameter is missing
 */
export function visionTransformer(
  images: tf.Tensor,
  options: { patch: number; heads: number },
  params: Record<string, tf.Tensor>,
): { logits: tf.Tensor; attention: tf.Tensor[] } {
  const { patch, heads } = options;
  const blocks = expectVit("visionTransformer", images, options, params);
  const of = (name: string) => params[name]!;
  const layer = (x: tf.Tensor, w: string, b: string) => linear(x, of(w), of(b));
  const norm = (x: tf.Tensor, at: string) => layerNorm(x, of(`${at}.gamma`), of(`${at}.beta`));
  return tf.tidy(() => {
    const [w, b, cls, positions] = ["w", "b", "cls", "positions"].map(of) as tf.Tensor[];
    let x = embedPatches(images, patch, { w: w!, b: b!, cls: cls!, positions: positions! });
    const [B, T, C] = x.shape as [number, number, number];
    const split = (y: tf.Tensor) => y.reshape([B, T, heads, C / heads]).transpose([0, 2, 1, 3]);
    const attention: tf.Tensor[] = [];
    for (let i = 0; i < blocks; i++) {
      const h = norm(x, `${i}.norm1`);
      const q = split(layer(h, `${i}.wq`, `${i}.bq`)); // [B, heads, T, C/heads]
      const k = split(layer(h, `${i}.wk`, `${i}.bk`));
      const v = split(layer(h, `${i}.wv`, `${i}.bv`));
      const scores = q.matMul(k, false, true).div(Math.sqrt(C / heads)); // [B, heads, T, T]
      const weights = softmax(scores);
      const read = weights.matMul(v).transpose([0, 2, 1, 3]).reshape([B, T, C]);
      x = x.add(layer(read, `${i}.wo`, `${i}.bo`));
      const hidden = gelu(layer(norm(x, `${i}.norm2`), `${i}.w1`, `${i}.b1`));
      x = x.add(layer(hidden, `${i}.w2`, `${i}.b2`));
      attention.push(weights.slice([0, 0, 0, 0], [B, heads, 1, T]).squeeze([2]));
    }
    const first = norm(x.slice([0, 0, 0], [B, 1, C]).squeeze([1]), "norm"); // [B, C]
    return { logits: layer(first, "head.w", "head.b"), attention };
  });
}
