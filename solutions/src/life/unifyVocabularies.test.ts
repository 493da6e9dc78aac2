import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { EXACT } from "../shared/exact";
import { unifyVocabularies } from "./unifyVocabularies";

checkReferences("unifyVocabularies", unifyVocabularies, { tolerance: EXACT });

test("by hand: padding, then text's begin, end and three ids, then DNA's", () => {
  expect(
    unifyVocabularies([
      { name: "text", size: 3 },
      { name: "dna", size: 5 },
    ]),
  ).toEqual({
    size: 13,
    modalities: {
      text: { begin: 1, end: 2, offset: 3, size: 3 },
      dna: { begin: 6, end: 7, offset: 8, size: 5 },
    },
  });
});

test("any name will do", () => {
  const { modalities } = unifyVocabularies([
    { name: "__proto__", size: 1 },
    { name: "constructor", size: 1 },
  ]);
  expect(Object.keys(modalities)).toEqual(["__proto__", "constructor"]);
});

test("bad arguments", () => {
  expect(() =>
    unifyVocabularies([
      { name: "dna", size: 5 },
      { name: "dna", size: 4 },
    ]),
  ).toThrow('unifyVocabularies: expected names that differ, got "dna" twice');
  expect(() => unifyVocabularies([{ name: "dna", size: 0 }])).toThrow(
    'unifyVocabularies: expected size of "dna" to be a whole number of at least 1, got 0',
  );
  expect(() => unifyVocabularies([{ name: "", size: 2 }])).toThrow(
    "expected each modality to have a name",
  );
});
