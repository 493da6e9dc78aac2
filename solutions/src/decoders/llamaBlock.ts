/**
 * Llama's block (Touvron et al. 2023, arXiv:2302.13971, §2.2): the pre-norm block of GPT-2 with
 * RMSNorm for LayerNorm, RoPE for learned positions, SwiGLU for GELU, no biases; later ones share
 * keys and values among query heads (arXiv:2305.13245). It works on new tokens behind a cache; with
 * an empty cache it is the block of a whole text.
 */
import * as tf from "@tensorflow/tfjs-core";
import { attendWithCache } from "../shared/attendWithCacheOnDevice";
import type { KvCache } from "../attention/types";
import { rmsNorm } from "../shared/rmsNormOnDevice";
import { swiGlu } from "../shared/swiGluOnDevice";
import { expectCache } from "../shared/attentionChecks";
import { expectFloats } from "../shared/shapes";
import { expectLlamaBlock } from "./checks";
import type { FilledCache, LlamaBlockParams, LlamaOptions } from "./types";

/**
 * One block over new tokens and a cache of earlier ones.
 *   h = x + attend(rmsNorm(x, norm1)),  y = h + swiGlu(rmsNorm(h, norm2))
 * attend is causal, over the cache and the new tokens, with RoPE in halves.
 * @param x [B, T, C], the new tokens
 * @param cache k and v [B, G, P, D], or both null at the start; neither changed nor disposed of
 * @param params norm1, attention, norm2, mlp
 * @param options heads H and kvHeads G; base, default 10,000; eps, default 1e-5
 * @returns output [B, T, C] and the longer cache
 * @throws when a weight or the cache does not fit
 */
export function llamaBlock(
  x: tf.Tensor,
  cache: KvCache,
  params: LlamaBlockParams,
  options: LlamaOptions,
): { output: tf.Tensor; cache: FilledCache } {
  const { heads, kvHeads, base = 10_000, eps = 1e-5 } = options;
  expectFloats("llamaBlock", "x", x, ["B", "T", "C"]);
  const [B, , C] = x.shape as [number, number, number];
  const { D } = expectLlamaBlock("llamaBlock", "", params, C, options);
  expectCache("llamaBlock", cache, [B, kvHeads, D]);
  // yours
  return tf.tidy(() => {
    const { norm1, attention, norm2, mlp } = params;
    const rope = { base, layout: "halves" as const };
    const n = rmsNorm(x, norm1, eps);
    const attended = attendWithCache(n, cache, attention, { heads, kvHeads, rope });
    const h = x.add(attended.output);
    const output = h.add(swiGlu(rmsNorm(h, norm2, eps), mlp));
    return { output, cache: attended.cache as FilledCache };
  });
}
