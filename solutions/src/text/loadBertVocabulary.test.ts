import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { decodeWordPiece } from "./decodeWordPiece";
import { encodeWordPiece } from "./encodeWordPiece";
import { EXACT } from "../shared/exact";
import { loadBertVocabulary } from "./loadBertVocabulary";

const model = loadBertVocabulary();
checkReferences("loadBertVocabulary", (text: string) => encodeWordPiece(text, model), {
  tolerance: EXACT,
});

test("by hand: a word in pieces", () => {
  expect(encodeWordPiece("Unaffable!", model).map((id) => model.vocab[id])).toEqual([
    "una",
    "##ffa",
    "##ble",
    "!",
  ]);
  expect(decodeWordPiece(encodeWordPiece("Unaffable!", model), model)).toBe("unaffable !");
});

test("30,522 pieces, the specials where BERT has them", () => {
  expect([model.vocab.length, model.ids.size]).toEqual([30522, 30522]);
  expect(
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].map((piece) => model.ids.get(piece)),
  ).toEqual([0, 100, 101, 102, 103]);
});
