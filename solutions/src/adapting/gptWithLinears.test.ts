import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { expectNoLeak } from "../shared/shared.testing";
import { gptForward } from "../decoders/gptForward";
import { drawGpt, splitGpt } from "../decoders/gptWeights";
import { linear } from "../blocks/linear";
import { gptWithLinears } from "./gptWithLinears";

const size = { layers: 2, width: 8, heads: 2, vocabulary: 7, context: 6 };
const params = splitGpt(drawGpt(size, 1), size);
const ids = tf.tensor2d([[1, 5, 2, 0]], [1, 4], "int32");

test("it is gptForward, and its hidden state gives the logits", () => {
  const { hidden, logits } = gptWithLinears(ids, params, size);
  expect(logits).toMatchTensor(gptForward(ids, params, size), 1e-5);
  expect(linear(hidden, params.tokens.transpose())).toMatchTensor(logits, 1e-5);
});

test("each matrix is applied once, by its name", () => {
  const names: string[] = [];
  gptWithLinears(ids, params, {
    heads: 2,
    apply: (x, w, bias, name) => {
      names.push(name);
      return linear(x, w, bias);
    },
  });
  const parts = ["q", "k", "v", "o", "up", "down"];
  expect(names).toEqual([0, 1].flatMap((layer) => parts.map((part) => `${layer}.${part}`)));
});

test("no tensors left behind", () => expectNoLeak(gptWithLinears, ids, params, size));
