/**
 * Checks of whole layers, given as records of weights. `at` says where a record stands among the
 * arguments, "" or "blocks[1].", so that a model names the weight and not the layer that uses it:
 * `gptForward: expected blocks[1].mlp.w1 [8, F], got [6, 32]`.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { AttentionOptions } from "../attention/types";
import type { BlockParams } from "../encoders/types";
import { expectAttention } from "./attentionChecks";
import { expectFeedForward, expectNorm } from "./layerChecks";
import { checkValues, expectDtype, expectFloats, expectRank } from "./shapes";

/** A Transformer block over features of width C. @throws when one of its weights does not fit */
export function expectBlock(
  fn: string,
  at: string,
  { norm1, attention, norm2, mlp }: BlockParams,
  C: number,
  options: Pick<AttentionOptions, "heads" | "rope">,
): void {
  expectNorm(fn, `${at}norm1`, norm1, C);
  expectAttention(fn, `${at}attention.`, attention, [C, C], options);
  expectNorm(fn, `${at}norm2`, norm2, C);
  expectFeedForward(fn, `${at}mlp.`, mlp, C);
}

/** @throws unless ids are int32 [B, T], each a row of the table [V, C] */
export function expectIds(
  fn: string,
  ids: tf.Tensor,
  table: tf.Tensor,
  names: { ids?: string; table?: string } = {},
): void {
  const { ids: name = "ids", table: tableName = "tokens" } = names;
  expectRank(fn, name, ids, 2);
  expectDtype(fn, name, ids, "int32");
  expectFloats(fn, tableName, table, ["V", "C"]);
  const V = table.shape[0]!;
  checkValues(ids, (values) => {
    const outside = values.find((id) => id < 0 || id >= V);
    if (outside !== undefined) {
      throw new Error(`${fn}: expected ${name} from 0 to ${V - 1}, got ${outside}`);
    }
  });
}
