import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { fuseTracks } from "./fuseTracks";

checkReferences("fuseTracks", fuseTracks);

const first = {
  ids: tf.tensor([[0, 2]], [1, 2], "int32"),
  table: tf.tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ]),
};
const second = {
  ids: tf.tensor([[1, 1]], [1, 2], "int32"),
  table: tf.tensor([
    [10, 20],
    [30, 40],
  ]),
};

test("by hand: rows of two tables added", () => {
  expect(fuseTracks([first, second])).toMatchTensor(tf.tensor([31, 42, 35, 46], [1, 2, 2]));
});

test("the order of the tracks does not matter", () => {
  expect(fuseTracks([second, first])).toMatchTensor(fuseTracks([first, second]), 0);
});

test("bad input", () => {
  expect(() => fuseTracks([])).toThrow("fuseTracks: expected at least one track, got none");
  expect(() => fuseTracks([first, { ...second, ids: tf.zeros([1, 3], "int32") }])).toThrow(
    "fuseTracks: expected tracks[1].ids [1, 2], got [1, 3]",
  );
  expect(() => fuseTracks([first, { ...second, table: tf.ones([2, 3]) }])).toThrow(
    "expected tracks[1].table [size, 2], got [2, 3]",
  );
  expect(() => fuseTracks([{ ...first, ids: tf.ones([1, 2]) }])).toThrow(
    "expected tracks[0].ids of dtype int32, got float32",
  );
  expect(() => fuseTracks([{ ...first, ids: tf.tensor([[0, 3]], [1, 2], "int32") }])).toThrow(
    "ids from 0 to 2, got 3",
  );
});

test("no tensors left behind", () => expectNoLeak(fuseTracks, [first, second]));
