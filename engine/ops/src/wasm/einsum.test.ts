import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { registerWasmKernels } from "ops";
import { expectAsOnCpu, normal } from "../ops.testing";

beforeAll(() => {
  registerWasmKernels();
});

test.each<[equation: string, ...shapes: number[][]]>([
  ["ij,jk->ik", [2, 3], [3, 4]],
  ["bqd,bkd->bqk", [2, 3, 4], [2, 5, 4]],
  ["bhqk,bkhd->bqhd", [2, 2, 3, 4], [2, 4, 2, 5]],
  ["i,j->ij", [3], [2]],
  ["ij->ji", [2, 3]],
  ["ij->ij", [2, 3]],
  ["ij->", [2, 3]],
  ["ij,i->j", [3, 2], [3]],
])("%s as on plain CPU", (equation, ...shapes) => {
  const inputs = shapes.map((shape, i) => normal(shape, i + 1));
  return expectAsOnCpu("wasm", (...xs) => tf.einsum(equation, ...xs), inputs);
});

test("whole numbers stay whole", () =>
  expectAsOnCpu("wasm", (a, b) => tf.einsum("ij,jk->ik", a!, b!), [
    { shape: [2, 2], values: [1, 2, 3, 4], dtype: "int32" },
    { shape: [2, 2], values: [5, 6, 7, 8], dtype: "int32" },
  ]));

test("an equation that doesn't fit the inputs is refused", async () => {
  await tf.setBackend("wasm");
  expect(() => tf.einsum("ij,jk->ik", tf.ones([2, 3]), tf.ones([4, 2]))).toThrow(
    /Expected dimension/,
  );
});
