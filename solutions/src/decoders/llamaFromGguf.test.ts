import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { llamaFromGguf, llamaOptions, unpairRows } from "./llamaFromGguf";

test("by hand: rows of one head of width 6, in pairs, go back into halves", () => {
  const w = tf.tensor2d([[0], [3], [1], [4], [2], [5]]); // pairs (0, 3), (1, 4), (2, 5)
  expect(unpairRows(w, 1)).toMatchTensor(tf.tensor2d([[0, 1, 2, 3, 4, 5]]));
  const two = tf.tensor2d([[0], [2], [1], [3], [10], [12], [11], [13]]);
  expect(unpairRows(two, 2)).toMatchTensor(tf.tensor2d([[0, 1, 2, 3, 10, 11, 12, 13]]));
  expect(() => unpairRows(w, 4)).toThrow(
    "unpairRows: expected heads to divide the rows into even widths, got 4 heads and w [6, 1]",
  );
});

test("each tensor in its place, turned; the file's own are gone", () => {
  const block = {
    attn_norm: [4],
    attn_q: [4, 4],
    attn_k: [2, 4],
    attn_v: [2, 4],
    attn_output: [4, 4],
    ffn_norm: [4],
    ffn_gate: [6, 4],
    ffn_up: [6, 4],
    ffn_down: [4, 6],
  };
  const names = {
    token_embd: [9, 4],
    output_norm: [4],
    ...Object.fromEntries(Object.entries(block).map(([name, shape]) => [`blk.0.${name}`, shape])),
  };
  const before = tf.memory().numTensors;
  const file = Object.fromEntries(
    Object.entries(names).map(([name, shape]) => [`${name}.weight`, tf.ones(shape)]),
  );
  const { tokens, blocks, norm, head } = llamaFromGguf(file, { heads: 2, kvHeads: 1 });
  expect([tokens.shape, norm.shape, head, blocks.length]).toEqual([[9, 4], [4], undefined, 1]);
  expect(blocks[0]!.attention.wk.shape).toEqual([4, 2]);
  expect([blocks[0]!.mlp.gate.shape, blocks[0]!.mlp.down.shape]).toEqual([
    [4, 6],
    [6, 4],
  ]);
  expect(tf.memory().numTensors - before).toBe(Object.keys(names).length);
});

test("another model, a tensor that is not there", () => {
  expect(() => llamaOptions({ "general.architecture": "gpt2" })).toThrow(
    'llamaOptions: expected general.architecture "llama", got "gpt2"',
  );
  expect(() =>
    llamaFromGguf({ "blk.0.attn_norm.weight": tf.ones([4]) }, { heads: 1, kvHeads: 1 }),
  ).toThrow("llamaFromGguf: expected a tensor blk.0.attn_q.weight");
});
