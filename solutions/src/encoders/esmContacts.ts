/**
 * ESM-2's contact head: a logistic regression on the attention of all heads of all blocks (Rao et
 * al. 2021, doi:10.1101/2020.12.15.422761; Lin et al. 2023, doi:10.1126/science.ade2574).
 */
import * as tf from "@tensorflow/tfjs-core";
import { splitHeads } from "../attention/splitHeads";
import { applyRope } from "../positions/applyRope";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import { expectShape } from "../shared/shapes";
import { softmax } from "../shared/softmaxWithGradient";
import { expectEncoder } from "./checks";
import { encoderBlock } from "./encoderBlock";
import { lookUpTokens } from "./lookUpTokens";
import { tokenDropout } from "./tokenDropout";
import type { EsmParams } from "./types";

/**
 * The probability that two residues of a protein touch. With all attention maps A, without the rows
 * and columns of <cls> and <eos>,
 *   S = A + Aᵀ,  F = S − (row sums of S)(column sums of S) / (sum of S),  p = σ(Σ w F + b)
 * @param ids int32 [1, N + 2]: <cls>, the N residues, <eos>
 * @param params tokens [V, C], blocks, norm
 * @param head w [1, blocks · heads], b [1]
 * @param options heads H; maskId, the token that tokenDropout drops
 * @returns [N, N], symmetric
 * @throws when an id isn't in the table or a shape doesn't fit
 */
export function esmContacts(
  ids: tf.Tensor,
  params: EsmParams,
  head: { w: tf.Tensor; b: tf.Tensor },
  options: { heads: number; maskId: number },
): tf.Tensor {
  const { heads, maskId } = options;
  const rope = { layout: "halves" } as const;
  expectShape("esmContacts", "ids", ids, [1, "N + 2"]);
  expectEncoder("esmContacts", params, { heads, rope });
  const maps = heads * params.blocks.length;
  expectShape("esmContacts", "head.w", head.w, [1, maps]);
  const T = ids.shape[1]!;
  const N = T - 2;
  return tf.tidy(() => {
    let x = tokenDropout(lookUpTokens(ids, params.tokens), ids, { maskId }); // [1, T, C]
    const attention = params.blocks.map((block) => {
      const { wq, bq, wk, bk } = block.attention;
      const seen = layerNorm(x, block.norm1.gamma, block.norm1.beta);
      const turned = (y: tf.Tensor) =>
        applyRope(splitHeads(y, heads), tf.range(0, T, 1, "int32"), rope); // [1, H, T, D]
      const [q, k] = [turned(linear(seen, wq, bq)), turned(linear(seen, wk, bk))];
      x = encoderBlock(x, block, { heads, norm: "pre", rope });
      return softmax(q.matMul(k, false, true).div(Math.sqrt(q.shape.at(-1)!))); // [1, H, T, T]
    });
    const all = tf.concat(attention, 1).slice([0, 0, 1, 1], [1, maps, N, N]).squeeze([0]);
    const both = all.add(all.transpose([0, 2, 1])); // [maps, N, N]
    const explained = both
      .sum(2, true)
      .mul(both.sum(1, true))
      .div(both.sum([1, 2], true));
    const logits = tf.matMul(head.w, both.sub(explained).reshape([maps, N * N])).add(head.b);
    return logits.sigmoid().reshape([N, N]);
  });
}
