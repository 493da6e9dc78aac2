/**
 * One Transformer decoder block (Vaswani et al. 2017, arXiv:1706.03762, §3.1): what is written so
 * far mixes with itself, then reads the source, then a feed-forward network works on each token,
 * all three around residuals. Dropout is left out.
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
 * With self = multiHeadAttention under the causal mask, cross = crossAttention over the memory and
 * mlp = feedForward:
 *   post   h = norm1(x + self(x)),  z = norm2(h + cross(h)),  y = norm3(z + mlp(z))
 *   pre    h = x + self(norm1(x)),  z = h + cross(norm2(h)),  y = z + mlp(norm3(z))
 * @param x [B, T, C], the tokens written so far
 * @param memory [B, S, C], what the encoder made of the source; it is not normed here
 * @param params norm1, self, norm2, cross, norm3, mlp
 * @param options heads H; norm "post", activation relu and eps 1e-5 unless given; mask, to [B, H,
 *   T, T], is joined by "and" with the causal one; mask, bias and rope act on self-attention only;
 *     memoryMask, to [B, H, T, S], on cross-attention only
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
  const {
    norm = "post",
    activation = tf.relu,
    eps = 1e-5,
    heads,
    mask,
    memoryMask,
    bias,
    rope,
  } = options;
  if (norm !== "pre" && norm !== "post") {
    throw new Error(
      `decoderBlock: expected norm to be "pre" or "post", got ${JSON.stringify(norm)}`,
    );
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
