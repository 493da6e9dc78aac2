/**
 * One Transformer encoder block: attention mixes the tokens, a feed-forward network works on each,
 * both around residuals. Post-norm as in Vaswani et al. 2017 (arXiv:1706.03762, §3.1) and BERT,
 * pre-norm as in Xiong et al. 2020 (arXiv:2002.04745). Dropout is left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { multiHeadAttention } from "../attention/multiHeadAttention";
import { feedForward } from "../blocks/feedForward";
import { gelu } from "../shared/geluWithGradient";
import { expectScores } from "../shared/attentionChecks";
import { expectBlock } from "../shared/blockChecks";
import { layerNorm } from "../shared/layerNormWithGradient";
import { expectFloats } from "../shared/shapes";
import type { BlockOptions, BlockParams, NormParams } from "./types";

/**
 * One block, with attend = multiHeadAttention and mlp = feedForward.
 *   pre    h = x + attend(norm1(x)),  y = h + mlp(norm2(h))
 *   post   h = norm1(x + attend(x)),  y = norm2(h + mlp(h))
 * @param x [B, T, C]
 * @param params norm1, attention, norm2, mlp
 * @param options heads H; norm, default "pre"; activation, default exact gelu; eps, default 1e-5;
 *   mask and bias, broadcast to [B, H, T, T]; rope
 * @returns [B, T, C]
 * @throws when norm is neither "pre" nor "post", or a weight, the mask or the bias does not fit
 */
export function encoderBlock(x: tf.Tensor, params: BlockParams, options: BlockOptions): tf.Tensor {
  const { norm = "pre", activation = gelu, eps = 1e-5, heads, mask, bias, rope } = options;
  if (norm !== "pre" && norm !== "post") {
    const got = JSON.stringify(norm);
    throw new Error(`encoderBlock: expected norm to be "pre" or "post", got ${got}`);
  }
  expectFloats("encoderBlock", "x", x, ["B", "T", "C"]);
  const [B, T, C] = x.shape as [number, number, number];
  expectBlock("encoderBlock", "", params, C, options);
  expectScores("encoderBlock", { mask, bias }, [B, heads, T, T]);
  // yours
  return tf.tidy(() => {
    const normed = (y: tf.Tensor, { gamma, beta }: NormParams) => layerNorm(y, gamma, beta, eps);
    const attend = (y: tf.Tensor) =>
      multiHeadAttention(y, params.attention, { heads, mask, bias, rope });
    const mlp = (y: tf.Tensor) => feedForward(y, params.mlp, activation);
    if (norm === "pre") {
      const h = x.add(attend(normed(x, params.norm1)));
      return h.add(mlp(normed(h, params.norm2)));
    }
    const h = normed(x.add(attend(x)), params.norm1);
    return normed(h.add(mlp(h)), params.norm2);
  });
}
