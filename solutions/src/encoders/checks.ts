/** Checks of arguments that the whole encoders share. */
import type * as tf from "@tensorflow/tfjs-core";
import { expectBlock } from "../shared/blockChecks";
import { expectNorm } from "../shared/layerChecks";
import { checkValues, expectFloats, expectShape } from "../shared/shapes";
import type { BlockOptions, BlockParams, MaskedHeadParams, NormParams } from "./types";

/** @throws when a weight of the blocks or of the norm does not fit tokens [V, C] */
export function expectEncoder(
  fn: string,
  { tokens, blocks, norm }: { tokens: tf.Tensor; blocks: BlockParams[]; norm: NormParams },
  options: Pick<BlockOptions, "heads" | "rope">,
): void {
  const C = tokens.shape[1]!;
  expectNorm(fn, "norm", norm, C);
  blocks.forEach((block, i) => expectBlock(fn, `blocks[${i}].`, block, C, options));
}

/** @throws unless w is [C, C], b and the norm [C], and bias [V] */
export function expectMaskedHead(
  fn: string,
  { w, b, norm, bias }: MaskedHeadParams,
  [V, C]: [number, number],
): void {
  expectFloats(fn, "w", w, [C, C]);
  expectFloats(fn, "b", b, [C]);
  expectNorm(fn, "norm", norm, C);
  expectFloats(fn, "bias", bias, [V]);
}

/** @throws unless lengths are [B], whole numbers between 0 and T */
export function expectLengths(fn: string, lengths: tf.Tensor, [B, T]: [number, number]): void {
  expectShape(fn, "lengths", lengths, [B]);
  checkValues(lengths, (values) => {
    const bad = values.find((n: number) => !Number.isInteger(n) || n < 0 || n > T);
    if (bad !== undefined) {
      throw new Error(`${fn}: expected lengths to be whole numbers between 0 and ${T}, got ${bad}`);
    }
  });
}
