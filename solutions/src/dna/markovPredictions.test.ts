import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { markovPredictions } from "./markovPredictions";

checkReferences("markovPredictions", markovPredictions);

const bases = (text: string) => Int32Array.from(text, (c) => "ACGT".indexOf(c));

test("by hand: after A came C twice and G once", () => {
  const p = markovPredictions([bases("ACACAG")], bases("AT"), 1);
  expect(p).toMatchTensor(
    tf.tensor2d([
      [0.25, 0.25, 0.25, 0.25],
      [1 / 7, 3 / 7, 2 / 7, 1 / 7],
    ]),
  );
});

test("each row is a distribution, for any order", () => {
  const ids = Int32Array.from({ length: 300 }, (_, i) => (i * i + (i >> 2)) % 4);
  for (const order of [0, 1, 5, 11]) {
    expect(markovPredictions([ids], ids, order, 0.1).sum(1)).toMatchTensor(tf.ones([300]), 1e-5);
  }
});

test("no context reaches from one stretch to the next", () => {
  expect(markovPredictions([bases("AA"), bases("CC")], bases("AC"), 1)).toMatchTensor(
    markovPredictions([bases("CC"), bases("AA")], bases("AC"), 1),
  );
});

test("bad arguments", () => {
  const ids = bases("ACGT");
  expect(() => markovPredictions([ids], ids, 12)).toThrow(
    "markovPredictions: expected order to be a whole number from 0 to 11, got 12",
  );
  expect(() => markovPredictions([ids], ids, 1, 0)).toThrow(
    "markovPredictions: expected pseudo to be a number above 0, got 0",
  );
  expect(() => markovPredictions([ids], Int32Array.of(0, 4), 1)).toThrow(
    "markovPredictions: expected ids to hold bases 0 to 3, got 4 at position 1",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(markovPredictions, [bases("ACGTTG")], bases("ACG"), 1));
