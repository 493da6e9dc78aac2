import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { llamaForward } from "./llamaForward";
import { smallLlama } from "./smallLlama.testing";

checkReferences("llamaForward", llamaForward);

const { params, options } = smallLlama();
const ids = (...row: number[]) => tf.tensor2d([row], [1, row.length], "int32");

test("the future changes nothing", () => {
  const [a, b] = [ids(1, 2, 3, 4), ids(1, 2, 3, 0)].map((x) =>
    llamaForward(x, params, options).slice([0, 0, 0], [1, 3, 7]),
  );
  expect(a!).toMatchTensor(b!);
});

test("the head of its own that equals the table changes nothing", () => {
  expect(
    llamaForward(ids(1, 2), { ...params, head: params.tokens.transpose() }, options),
  ).toMatchTensor(llamaForward(ids(1, 2), params, options));
});

test("the same text further along: only distances count", () => {
  const all = llamaForward(
    ids(3, 3, 3, 3),
    { ...params, blocks: params.blocks.slice(0, 1) },
    options,
  ); // equal tokens see equal keys
  expect(all.slice([0, 0, 0], [1, 1, 7])).toMatchTensor(all.slice([0, 3, 0], [1, 1, 7]), 1e-5);
});

test("an id outside the table", () => {
  expect(() => llamaForward(ids(7), params, options)).toThrow(
    "llamaForward: expected ids from 0 to 6, got 7",
  );
});

test("no tensors left behind", () => {
  expectNoLeak(llamaForward, ids(1, 2, 3), params, options);
});
