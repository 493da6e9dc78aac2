import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { codebookPerplexity } from "./codebookPerplexity";

checkReferences("codebookPerplexity", codebookPerplexity);

const ids = (...values: number[]) => tf.tensor(values, [values.length], "int32");

test("by hand: shares ½, ¼, ¼ give 2^1.5", () => {
  expect(codebookPerplexity(ids(0, 0, 1, 2), 8)).toMatchTensor(tf.scalar(2 ** 1.5));
});

test("names of codes do not matter, nor does repeating all ids", () => {
  const once = codebookPerplexity(ids(0, 1, 1, 3), 4);
  expect(codebookPerplexity(ids(2, 0, 0, 1), 9)).toMatchTensor(once);
  expect(codebookPerplexity(ids(0, 1, 1, 3, 0, 1, 1, 3), 4)).toMatchTensor(once);
});

test("an id outside the codebook is named with its place", () => {
  expect(() => codebookPerplexity(ids(1, 2, -1), 3)).toThrow(
    "codebookPerplexity: expected ids from 0 to 2, the codes of the codebook, got -1 at " +
      "place 2 of ids [3]",
  );
});

test("no tensors left behind", () => expectNoLeak(codebookPerplexity, ids(0, 1), 2));
