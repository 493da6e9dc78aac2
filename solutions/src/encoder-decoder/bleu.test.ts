import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { bleu } from "./bleu";

checkReferences("bleu", bleu);

const words = (text: string) => text.split(" ");

test("by hand: one wrong word in six, and one word too few", () => {
  const truth = words("the cat is on the mat");
  const expected = 100 * ((5 / 6) * (3 / 5) * (2 / 4) * (1 / 3)) ** (1 / 4);
  expect(bleu([words("the cat was on the mat")], [truth])).toBe(0); // no four words in a row
  expect(bleu([words("the dog is on the mat")], [truth])).toBeCloseTo(expected, 10);
  expect(bleu([words("the cat is on the")], [truth])).toBeCloseTo(100 * Math.exp(1 - 6 / 5), 10);
});

test("a repeated word counts as often as the reference holds it", () => {
  const four = (word: string) => Array.from({ length: 7 }, () => word);
  const truth = words("the cat is on the mat a b");
  // 2 + 6 = 8 of 15 words, 7 of 14 pairs, 6 of 13, 5 of 12
  const padded = [...truth, ...four("the")];
  expect(bleu([padded], [truth])).toBeCloseTo(
    100 * ((8 / 15) * (7 / 14) * (6 / 13) * (5 / 12)) ** (1 / 4),
    10,
  );
});

test("a text against itself is 100, also in parts", () => {
  const texts = [words("a b c d e"), words("f g"), words("h")];
  expect(bleu(texts, texts)).toBeCloseTo(100, 10);
  expect(bleu([], [])).toBe(0);
});

test("unequal numbers", () =>
  expect(() => bleu([["a"]], [])).toThrow("bleu: expected references for 1 candidates, got 0"));
