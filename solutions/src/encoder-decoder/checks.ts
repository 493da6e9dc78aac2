/** Checks of arguments that the functions of the encoder–decoder share. */
import type * as tf from "@tensorflow/tfjs-core";
import { expectAttention, expectBroadcast } from "../shared/attentionChecks";
import { expectIds } from "../shared/blockChecks";
import { expectFeedForward, expectNorm } from "../shared/layerChecks";
import { expectFloats } from "../shared/shapes";
import type { BlockOptions } from "../encoders/types";
import type { DecoderBlockParams } from "./types";

/** @throws unless ids are int32 [B, T], rows of the table [V, C] of that name, and C is even */
export function expectTokens(fn: string, ids: tf.Tensor, table: tf.Tensor, name: string): void {
  expectIds(fn, ids, table, { table: name });
  const C = table.shape[1]!;
  if (C % 2 !== 0) throw new Error(`${fn}: expected ${name} of an even width, got ${C}`);
}

/**
 * The weights of a decoder block over features of width C.
 * @param at where they stand among the arguments, "" or "decoder[1]."
 * @param memoryWidth of what it reads
 * @throws when one of them does not fit
 */
export function expectDecoderBlock(
  fn: string,
  at: string,
  params: DecoderBlockParams,
  [C, memoryWidth]: [number, number],
  { heads, rope }: Pick<BlockOptions, "heads" | "rope">,
): void {
  expectNorm(fn, `${at}norm1`, params.norm1, C);
  expectAttention(fn, `${at}self.`, params.self, [C, C], { heads, rope });
  expectNorm(fn, `${at}norm2`, params.norm2, C);
  expectAttention(fn, `${at}cross.`, params.cross, [C, memoryWidth], { heads });
  expectNorm(fn, `${at}norm3`, params.norm3, C);
  expectFeedForward(fn, `${at}mlp.`, params.mlp, C);
}

/**
 * The memory, float32 [B, S, Cm], for texts of T tokens.
 * @returns Cm
 * @throws when it or its mask, which broadcasts to [B, H, T, S], does not fit
 */
export function expectMemory(
  fn: string,
  memory: tf.Tensor,
  [B, T]: [number, number],
  { heads, memoryMask }: { heads: number; memoryMask?: tf.Tensor },
): number {
  expectFloats(fn, "memory", memory, [B, "S", "C"]);
  const [, S, width] = memory.shape as [number, number, number];
  if (memoryMask) expectBroadcast(fn, "memoryMask", memoryMask, [B, heads, T, S]);
  return width;
}
