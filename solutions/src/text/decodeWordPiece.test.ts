import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { decodeWordPiece } from "./decodeWordPiece";
import { encodeWordPiece } from "./encodeWordPiece";
import { trainWordPiece } from "./trainWordPiece";

checkReferences("decodeWordPiece", decodeWordPiece);

const model = trainWordPiece("low lower newest widest", 40);

test("by hand: words come back with one space between them", () => {
  expect(decodeWordPiece(encodeWordPiece("newest   low\nWidest", model), model)).toBe(
    "newest low widest",
  );
});

test("an id that is not there", () => {
  expect(() => decodeWordPiece([1, 999], model)).toThrow(
    `decodeWordPiece: expected ids from 0 to ${model.vocab.length - 1}, got 999 at position 1`,
  );
});
