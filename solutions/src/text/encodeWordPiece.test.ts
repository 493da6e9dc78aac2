import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { encodeWordPiece } from "./encodeWordPiece";
import { EXACT } from "../shared/exact";
import type { WordPieceModel } from "./types";

checkReferences("encodeWordPiece", encodeWordPiece, { tolerance: EXACT });

const model = (...vocab: string[]): WordPieceModel => ({
  vocab,
  ids: new Map(vocab.map((piece, id) => [piece, id])),
  unknown: "[UNK]",
  maxWordLength: 5,
  lowercase: true,
});

test("by hand: greedy, so what a longer piece leaves may have no match", () => {
  const abc = model("[UNK]", "ab", "abc", "##cd", "##c");
  expect(encodeWordPiece("abc abcc ab abcd", abc)).toEqual([2, 2, 4, 1, 0]);
});

test("every word of the vocabulary is itself", () => {
  const words = model("[UNK]", "a", "ab", "abc");
  expect(encodeWordPiece("abc ab a", words)).toEqual([3, 2, 1]);
});

test("bad arguments", () => {
  expect(() => encodeWordPiece(3 as never, model("[UNK]"))).toThrow(
    "encodeWordPiece: expected text to be a string, got number",
  );
  expect(() => encodeWordPiece("a", model("a"))).toThrow(
    "expected a model whose vocab holds its unknown piece [UNK]",
  );
});
