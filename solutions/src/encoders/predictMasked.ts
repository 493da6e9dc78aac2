/**
 * From vectors back to tokens: the head of a masked language model, the same in BERT (Devlin et al.
 * 2018, arXiv:1810.04805) and ESM (Rives et al. 2021, doi:10.1073/pnas.2016239118). After one more
 * layer, each token of the vocabulary is scored by a dot product with its row of the encoder's own
 * table; Press & Wolf 2016 (arXiv:1608.05859) call that weight tying.
 */
import * as tf from "@tensorflow/tfjs-core";
import { gelu } from "../shared/geluWithGradient";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import { expectDtype, expectFloats, lastAxis } from "../shared/shapes";
import { expectMaskedHead } from "./checks";
import type { MaskedHeadParams } from "./types";

/**
 * Scores every token of the vocabulary: logits = norm(gelu(hidden·w + b))·tokensᵀ + bias.
 * @param hidden float32 [..., C]
 * @param tokens [V, C], the encoder's own table
 * @param head w [C, C], b [C], norm, bias [V]
 * @param eps of the norm, default 1e-12 as in BERT; ESM has 1e-5
 * @returns logits [..., V]
 * @throws when a weight doesn't fit
 */
export function predictMasked(
  hidden: tf.Tensor,
  tokens: tf.Tensor,
  head: MaskedHeadParams,
  eps = 1e-12,
): tf.Tensor {
  const C = lastAxis("predictMasked", "hidden", hidden);
  expectDtype("predictMasked", "hidden", hidden, "float32");
  expectFloats("predictMasked", "tokens", tokens, ["V", C]);
  expectMaskedHead("predictMasked", head, [tokens.shape[0]!, C]);
  // yours
  return tf.tidy(() => {
    const { w, b, norm, bias } = head;
    const x = layerNorm(gelu(linear(hidden, w, b)), norm.gamma, norm.beta, eps); // [..., C]
    return linear(x, tokens.transpose(), bias); // [..., V]
  });
}
