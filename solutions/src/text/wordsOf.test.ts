import fc from "fast-check";
import { expect, test } from "vitest";
import { GPT2_PATTERN } from "./gpt2Pattern";
import { wordsOf } from "./wordsOf";

const byHand = (text: string) => [...wordsOf(text, GPT2_PATTERN)];
const byPattern = (text: string) => text.match(GPT2_PATTERN) ?? [];

const HARD = [
  "'",
  "'s",
  "'ll",
  "'LL",
  "'re",
  " ",
  "  ",
  "\n",
  "\t",
  "\u0085",
  "\u00a0",
  "\u3000",
  "\ufeff",
  "a",
  "é",
  "e\u0301",
  "7",
  "Ⅷ",
  "²",
  "!",
  "_",
  "中",
  "क्",
  "👩‍👩‍👧",
  "𝔸",
  "𝟘",
  "\ud83d",
  "\ude00",
  "\0",
];

test("the words that are found by hand are GPT2_PATTERN's", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...HARD)), (pieces) => {
      expect(byHand(pieces.join(""))).toEqual(byPattern(pieces.join("")));
    }),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(byHand(text)).toEqual(byPattern(text));
    }),
  );
});

test("every character of the basic plane, between letters and after a space", () => {
  const text = Array.from(
    { length: 0x10000 },
    (_, code) => `a${String.fromCharCode(code)}b ${String.fromCharCode(code)}`,
  ).join("");
  expect(byHand(text)).toEqual(byPattern(text));
});

test("another pattern's matches, with or without flag g; what it doesn't match is no word", () => {
  expect([...wordsOf("ab 12 cd", /[a-z]+/u)]).toEqual(["ab", "cd"]);
  expect([...wordsOf("ab 12 cd", /[a-z]+/gu)]).toEqual(["ab", "cd"]);
  expect([...wordsOf("12", /[a-z]+/gu)]).toEqual([]);
});
