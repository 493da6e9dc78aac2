import { random } from "grader";
import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { decodeBpe } from "./decodeBpe";
import { encodeBpe } from "./encodeBpe";
import { EXACT } from "../shared/exact";
import { trainBpe } from "./trainBpe";

checkReferences("trainBpe", trainBpe, { tolerance: EXACT });

test("by hand: three merges and a special", () => {
  const { vocab, merges, specials } = trainBpe("abab ab", 260, { specials: ["<s>"] });
  expect(merges).toEqual([
    [97, 98],
    [256, 256],
    [32, 256],
  ]); // ab; abab and " ab" are seen once each, and ab is greater than a space
  expect(vocab.slice(256).map((bytes) => new TextDecoder().decode(bytes))).toEqual([
    "ab",
    "abab",
    " ab",
    "<s>",
  ]);
  expect(specials).toEqual({ "<s>": 259 });
});

test("what it trained encodes its text in fewer tokens and gives it back", () => {
  const text = "she sells sea shells by the sea shore 🐚 ".repeat(9);
  const model = trainBpe(text, 300);
  const ids = encodeBpe(text, model);
  expect(ids.length).toBeLessThan(text.length / 3);
  expect(decodeBpe(ids, model)).toBe(text);
});

test("a megabyte without a space", () => {
  const { pick } = random(1);
  const word = Array.from({ length: 1_000_000 }, () => pick("abcd".split(""))).join("");
  expect(trainBpe(word, 400).merges).toHaveLength(144);
});

test("bad arguments", () => {
  expect(() => trainBpe("abc", 255)).toThrow(
    "trainBpe: expected vocabSize to be a whole number of at least 256 (256 bytes and the " +
      "specials), got 255",
  );
  expect(() => trainBpe("abc", 257, { specials: ["<a>", "<b>"] })).toThrow("at least 258");
  expect(() => trainBpe("abc", 300.5)).toThrow("vocabSize");
  expect(() => trainBpe(undefined as never, 300)).toThrow(
    "trainBpe: expected text to be a string, got undefined",
  );
  expect(() => trainBpe("abc", 300, { specials: ["x", "x"] })).toThrow(
    'expected specials that differ, got "x" twice',
  );
});
