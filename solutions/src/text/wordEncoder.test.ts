import { expect, test } from "vitest";
import { applyMerges } from "./applyMerges";
import { trainBpe } from "./trainBpe";
import type { Pair } from "./types";
import { wordEncoder } from "./wordEncoder";

const newModel = () => trainBpe("the cat sat on the mat, and the rat that sat there sat flat", 275);

test("the function encodes the text's first letters once, however many words come", () => {
  const model = newModel();
  const calls: number[][] = [];
  const counted = (ids: number[], merges: Pair[]) => {
    calls.push(ids);
    return applyMerges(ids, merges);
  };
  const encode = wordEncoder(model, counted);
  const text = "the flat cat there";
  const words = [encode(text, 0, 3), encode(text, 3, 8), encode(text, 8, 12)];

  expect(words).toEqual(
    ["the", " flat", " cat"].map((w) => applyMerges([...Buffer.from(w)], model.merges)),
  );
  expect(calls).toEqual([[...Buffer.from(text)]]);
});

test("a function that gives other ids is reported, each time until it is mended", () => {
  const encode = wordEncoder(newModel(), (ids) => ids);
  const message =
    /^wordEncoder: expected the ids .* of "the" from the function, got 116, 104, 101$/;
  expect(() => encode("the")).toThrow(message);
  expect(() => encode("the")).toThrow(message);
});
