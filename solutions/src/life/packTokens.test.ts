import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { EXACT } from "../shared/exact";
import { packTokens } from "./packTokens";
import { unifyVocabularies } from "./unifyVocabularies";

checkReferences("packTokens", packTokens, { tolerance: EXACT });

const vocabulary = unifyVocabularies([
  { name: "text", size: 3 },
  { name: "dna", size: 5 },
]);

test("by hand", () => {
  const segments = [
    { modality: "dna", ids: [0, 4] },
    { modality: "text", ids: [2] },
  ];
  expect(packTokens(segments, vocabulary)).toEqual([6, 8, 12, 7, 1, 5, 2]);
});

test("bad arguments", () => {
  const segments = [
    { modality: "text", ids: [] },
    { modality: "dna", ids: [0, 5] },
  ];
  expect(() => packTokens(segments, vocabulary)).toThrow(
    "packTokens: expected ids of dna from 0 to 4, got 5 at position 1 of segment 1",
  );
  expect(() => packTokens([{ modality: "sound", ids: [] }], vocabulary)).toThrow(
    'packTokens: expected a modality of text, dna, got "sound" in segment 0',
  );
  expect(() => packTokens([{ modality: "toString", ids: [] }], vocabulary)).toThrow(
    'got "toString"',
  );
});
