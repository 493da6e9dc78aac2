/**
 * llamaBlock as one kernel if the device has it and no gradient is recorded, the plain function
 * everywhere else. Models use this version; a test compares it with the plain one.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { KvCache } from "../attention/types";
import { expectLlamaBlock } from "../decoders/checks";
import { llamaBlock as plain } from "../decoders/llamaBlock";
import type { FilledCache, LlamaBlockParams, LlamaOptions } from "../decoders/types";
import { expectCache } from "./attentionChecks";
import { MANY, weightsGiven } from "./attendWithCacheOnDevice";
import { inferenceKernel } from "./deviceKernel";
import { expectFloats } from "./shapes";

/**
 * One block over new tokens and a cache of earlier ones.
 *   h = x + attend(rmsNorm(x, norm1)),  y = h + swiGlu(rmsNorm(h, norm2))
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
  const few = x.size > 0 && x.shape[1]! < MANY;
  const kernel = few ? inferenceKernel("DecoderBlock") : undefined;
  if (!kernel) return plain(x, cache, params, options);
  const { heads, kvHeads, base = 10_000, eps = 1e-5 } = options;
  expectFloats("llamaBlock", "x", x, ["B", "T", "C"]);
  const [B, , C] = x.shape as [number, number, number];
  const { D } = expectLlamaBlock("llamaBlock", "", params, C, options);
  expectCache("llamaBlock", cache, [B, kvHeads, D]);
  const { norm1, attention, norm2, mlp } = params;
  const weights = { norm1, norm2, ...mlp, ...weightsGiven(attention, cache) };
  const attrs = { heads, kvHeads, scale: 1 / Math.sqrt(D), base, halves: true, eps };
  const [output, k, v] = kernel({ x, ...weights }, attrs);
  return { output, cache: { k: k!, v: v! } };
}
