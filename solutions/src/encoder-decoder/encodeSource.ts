/** The encoder half of the first Transformer (Vaswani et al. 2017, arXiv:1706.03762, fig. 1). */
import * as tf from "@tensorflow/tfjs-core";
import { expectScores } from "../shared/attentionChecks";
import { expectBlock } from "../shared/blockChecks";
import { expectTokens } from "./checks";
import { embedTokens } from "./embedTokens";
import { encoderBlock } from "../encoders/encoderBlock";
import type { Seq2SeqParams } from "./types";

/**
 * Embeds the source and passes it through all encoder blocks, post-norm with ReLU: the memory that
 * the decoder reads.
 * @param ids int32 [B, S]
 * @param params source [Vs, C] and the blocks of the encoder
 * @param options heads H; mask, broadcast to [B, H, S, S], is 1 where a token may attend, such as a
 *   paddingMask
 * @returns memory [B, S, C]
 */
export function encodeSource(
  ids: tf.Tensor,
  params: Seq2SeqParams,
  options: { heads: number; mask?: tf.Tensor },
): tf.Tensor {
  const { heads, mask } = options;
  expectTokens("encodeSource", ids, params.source, "source");
  const [B, T] = ids.shape as [number, number];
  const C = params.source.shape[1]!;
  params.encoder.forEach((block, i) =>
    expectBlock("encodeSource", `encoder[${i}].`, block, C, { heads }),
  );
  expectScores("encodeSource", { mask }, [B, heads, T, T]);
  return tf.tidy(() => {
    let x = embedTokens(ids, params.source); // [B, S, C]
    for (const block of params.encoder) {
      x = encoderBlock(x, block, { heads, mask, norm: "post", activation: tf.relu });
    }
    return x;
  });
}
