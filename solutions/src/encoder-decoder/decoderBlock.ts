/**
 * One Transformer decoder block (Vaswani et al. 2017, arXiv:1706.03762, §3.1): the tokens written
 * so far attend to each other, then to the source, then a feed-forward network works on each of
 * them. All three have residuals. Dropout is left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { causalMask } from "../attention/causalMask";
import { expectScores } from "../shared/attentionChecks";
import { crossAttention } from "../attention/crossAttention";
import { multiHeadAttention } from "../attention/multiHeadAttention";
import { feedForward } from "../blocks/feedForward";
import { layerNorm } from "../shared/layerNormWithGradient";
import { expectFloats } from "../shared/shapes";
import type { BlockOptions, NormParams } from "../encoders/types";
import { expectDecoderBlock, expectMemory } from "./checks";
import type { DecoderBlockParams } from "./types";

/**
 * One block, with self = multiHeadAttention with a causal mask, cross = crossAttention over the
 * memory, and mlp = feedForward.
 *   post   h = norm1(x + self(x)),  z = norm2(h + cross(h)),  y = norm3(z + mlp(z))
 *   pre    h = x + self(norm1(x)),  z = h + cross(norm2(h)),  y = z + mlp(norm3(z))
 * @param x [B, T, C], the tokens written so far
 * @param memory [B, S, C], the encoder's output; it isn't normalized here
 * @param params norm1, self, norm2, cross, norm3, mlp
 * @param options heads H; norm, default "post"; activation, default relu; eps, default 1e-5.
 *   Self-attention only: mask, broadcast to [B, H, T, T] and combined with the causal one; bias;
 *   rope. Cross-attention only: memoryMask, broadcast to [B, H, T, S]
 * @returns [B, T, C]
 * @throws when norm is neither "pre" nor "post", or the memory, a mask, the bias or a weight does
 *   not fit
 */
export function decoderBlock(
  x: tf.Tensor,
  memory: tf.Tensor,
  params: DecoderBlockParams,
  options: BlockOptions & { memoryMask?: tf.Tensor },
): tf.Tensor {
  const { norm = "post", activation = tf.relu, eps = 1e-5 } = options;
  const { heads, mask, memoryMask, bias, rope } = options;
  if (norm !== "pre" && norm !== "post") {
    const got = JSON.stringify(norm);
    throw new Error(`decoderBlock: expected norm to be "pre" or "post", got ${got}`);
  }
  expectFloats("decoderBlock", "x", x, ["B", "T", "C"]);
  const [B, T, C] = x.shape as [number, number, number];
  const memoryWidth = expectMemory("decoderBlock", memory, [B, T], options);
  expectDecoderBlock("decoderBlock", "", params, [C, memoryWidth], options);
  expectScores("decoderBlock", { mask, bias }, [B, heads, T, T]);
  // yours
  return tf.tidy(() => {
    const causal = causalMask(T);
    const allowed = mask ? causal.mul(mask.notEqual(0).cast("float32")) : causal;
    const normed = (y: tf.Tensor, { gamma, beta }: NormParams) => layerNorm(y, gamma, beta, eps);
    const self = (y: tf.Tensor) =>
      multiHeadAttention(y, params.self, { heads, mask: allowed, bias, rope });
    const cross = (y: tf.Tensor) =>
      crossAttention(y, memory, params.cross, { heads, mask: memoryMask });
    const mlp = (y: tf.Tensor) => feedForward(y, params.mlp, activation);
    if (norm === "pre") {
      const h = x.add(self(normed(x, params.norm1)));
      const z = h.add(cross(normed(h, params.norm2)));
      return z.add(mlp(normed(z, params.norm3)));
    }
    const h = normed(x.add(self(x)), params.norm1);
    const z = normed(h.add(cross(h)), params.norm2);
    return normed(z.add(mlp(z)), params.norm3);
  });
}
