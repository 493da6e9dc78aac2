/** Checks of arguments that the language models share. */
import { expectAttention, expectRope } from "../shared/attentionChecks";
import { expectBlock } from "../shared/blockChecks";
import { expectNorm, expectSwiGlu } from "../shared/layerChecks";
import { expectFloats } from "../shared/shapes";
import type { GptParams, LlamaBlockParams, LlamaOptions, LlamaParams } from "./types";

/** GPT-2 on texts of T tokens. @throws when a weight does not fit, or T is over the positions */
export function expectGpt(
  fn: string,
  { tokens, positions, blocks, norm }: GptParams,
  T: number,
  options: { heads: number },
): void {
  const C = tokens.shape[1]!;
  expectFloats(fn, "positions", positions, ["M", C]);
  const M = positions.shape[0]!;
  if (T > M) throw new Error(`${fn}: expected a length of at most ${M} tokens, got ${T}`);
  blocks.forEach((block, i) => expectBlock(fn, `blocks[${i}].`, block, C, options));
  expectNorm(fn, "norm", norm, C);
}

/**
 * One block of Llama over features of width C.
 * @param at where its weights stand among the arguments, "" or "blocks[1]."
 * @returns G and the head width D, which its cache has too
 * @throws when a weight does not fit, or base is no positive number
 */
export function expectLlamaBlock(
  fn: string,
  at: string,
  { norm1, attention, norm2, mlp }: LlamaBlockParams,
  C: number,
  { heads, kvHeads, base }: LlamaOptions,
): { kvHeads: number; D: number } {
  expectFloats(fn, `${at}norm1`, norm1, [C]);
  const { D } = expectAttention(fn, `${at}attention.`, attention, [C, C], { heads, kvHeads });
  expectRope(fn, { base, layout: "halves" }, D, "");
  expectFloats(fn, `${at}norm2`, norm2, [C]);
  expectSwiGlu(fn, `${at}mlp.`, mlp, C);
  return { kvHeads, D };
}

/** @returns G and D of its blocks' caches. @throws when a weight of Llama does not fit */
export function expectLlama(
  fn: string,
  { tokens, blocks, norm, head }: LlamaParams,
  options: LlamaOptions,
): { kvHeads: number; D: number }[] {
  const [V, C] = tokens.shape as [number, number];
  const widths = blocks.map((block, i) => expectLlamaBlock(fn, `blocks[${i}].`, block, C, options));
  expectFloats(fn, "norm", norm, [C]);
  if (head) expectFloats(fn, "head", head, [C, V]);
  return widths;
}
