/**
 * Llama's forward pass over new tokens only (Pope et al. 2022, arXiv:2211.05102): every block
 * caches the keys and values of earlier tokens. Called with the whole prompt and then with one
 * token at a time, it writes text without reading any of it twice.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { KvCache } from "../attention/types";
import { rmsNorm } from "../shared/rmsNormOnDevice";
import { expectCache } from "../shared/attentionChecks";
import { expectIds } from "../shared/blockChecks";
import { expectLlama } from "./checks";
import { llamaBlock } from "../shared/llamaBlockOnDevice";
import type { FilledCache, LlamaOptions, LlamaParams } from "./types";

/**
 * Reads new tokens and scores the one that follows the last.
 *   x = tokens[ids],  x = block(x) for each block, each with its cache
 *   logits = rmsNorm(x, norm)·head, for the last token only
 * @param ids int32 [B, T], the new tokens, T ≥ 1
 * @param caches one for each block, in order; at the start { k: null, v: null } for each. They are
 *   neither changed nor disposed of
 * @param params tokens [V, C], blocks, norm [C], head [C, V], default tokensᵀ
 * @param options heads H and kvHeads G; base, default 10,000; eps, default 1e-5
 * @returns logits [B, V] and the longer caches
 * @throws when an id is no row of tokens, there is no new token, the caches are not as many as the
 *   blocks, or a weight or a cache does not fit
 */
export function llamaStep(
  ids: tf.Tensor,
  caches: KvCache[],
  params: LlamaParams,
  options: LlamaOptions,
): { logits: tf.Tensor; caches: FilledCache[] } {
  expectIds("llamaStep", ids, params.tokens);
  const [B, T] = ids.shape as [number, number];
  const eps = options.eps ?? 1e-5;
  if (T === 0) {
    const got = ids.shape.join(", ");
    throw new Error(`llamaStep: expected ids of at least one token, got [${got}]`);
  }
  if (caches.length !== params.blocks.length) {
    throw new Error(
      `llamaStep: expected caches of ${params.blocks.length} blocks, got ${caches.length}`,
    );
  }
  expectLlama("llamaStep", params, options).forEach(({ kvHeads, D }, i) =>
    expectCache("llamaStep", caches[i]!, [B, kvHeads, D], `caches[${i}]`),
  );
  // yours
  return tf.tidy(() => {
    const { tokens, blocks, norm, head } = params;
    const longer: FilledCache[] = [];
    let x: tf.Tensor = tf.gather(tokens, ids); // [B, T, C]
    blocks.forEach((block, i) => {
      const step = llamaBlock(x, caches[i]!, block, options);
      x = step.output;
      longer.push(step.cache);
    });
    const last = rmsNorm(x.gather([T - 1], 1).squeeze([1]), norm, eps); // [B, C]
    const logits = head ? last.matMul(head) : last.matMul(tokens, false, true);
    return { logits, caches: longer };
  });
}
