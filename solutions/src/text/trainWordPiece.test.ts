import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { decodeWordPiece } from "./decodeWordPiece";
import { encodeWordPiece } from "./encodeWordPiece";
import { EXACT } from "../shared/exact";
import { trainWordPiece } from "./trainWordPiece";

checkReferences("trainWordPiece", trainWordPiece, { tolerance: EXACT });

test("by hand: a rare pair beats a frequent one of frequent letters", () => {
  const { vocab } = trainWordPiece("aa aa aa aa qz", 10); // a##a: 4/(4·4), q##z: 1/(1·1)
  expect(vocab.slice(5)).toEqual(["##a", "##z", "a", "q", "qz"]);
});

test("what it trained knows every word of its text", () => {
  const text = "she sells sea shells by the sea shore";
  const model = trainWordPiece(text, 40);
  const ids = encodeWordPiece(text, model);
  expect(ids).not.toContain(model.ids.get("[UNK]"));
  expect(decodeWordPiece(ids, model)).toBe(text);
});

test("bad arguments", () => {
  expect(() => trainWordPiece("abc", 7)).toThrow(
    "trainWordPiece: expected vocabSize to be a whole number of at least 8 (the specials and " +
      "the alphabet), got 7",
  );
  expect(() => trainWordPiece({} as never, 50)).toThrow(
    "trainWordPiece: expected text to be a string, got object",
  );
});
