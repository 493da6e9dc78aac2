/**
 * Checks of whole layers, given as records of weights. `at` says where a record stands among the
 * arguments, "" or "blocks[1].", so that a model names the weight and not the layer that uses it:
 * `gptForward: expected blocks[1].mlp.w1 [8, F], got [6, 32]`.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { AttentionOptions } from "../attention/types";
import type { FeedForwardParams } from "../blocks/feedForward";
import type { BlockParams, NormParams } from "../encoders/types";
import { expectAttention } from "./attentionChecks";
import { checkValues, expectDtype, expectFloats, expectRank } from "./shapes";

/** @throws unless gamma and beta have `width` entries */
export function expectNorm(
  fn: string,
  name: string,
  { gamma, beta }: NormParams,
  width: number,
): void {
  expectFloats(fn, `${name}.gamma`, gamma, [width]);
  expectFloats(fn, `${name}.beta`, beta, [width]);
}

/** @throws unless w1 is [C, F] and w2 [F, C], their biases as wide as what they are added to */
export function expectFeedForward(
  fn: string,
  at: string,
  { w1, b1, w2, b2 }: FeedForwardParams,
  C: number,
): void {
  expectFloats(fn, `${at}w1`, w1, [C, "F"]);
  const F = w1.shape[1]!;
  if (b1) expectFloats(fn, `${at}b1`, b1, [F]);
  expectFloats(fn, `${at}w2`, w2, [F, "C"]);
  if (b2) expectFloats(fn, `${at}b2`, b2, [w2.shape[1]!]);
}

/** @throws unless gate and up are [C, F] and down [F, C] */
export function expectSwiGlu(
  fn: string,
  at: string,
  { gate, up, down }: { gate: tf.Tensor; up: tf.Tensor; down: tf.Tensor },
  C: number,
): void {
  expectFloats(fn, `${at}gate`, gate, [C, "F"]);
  const F = gate.shape[1]!;
  expectFloats(fn, `${at}up`, up, [C, F]);
  expectFloats(fn, `${at}down`, down, [F, C]);
}

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
