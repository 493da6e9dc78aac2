import fc from "fast-check";
import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { EXACT } from "../shared/exact";
import { packTokens } from "./packTokens";
import { unifyVocabularies } from "./unifyVocabularies";
import { unpackTokens } from "./unpackTokens";

checkReferences("unpackTokens", unpackTokens, { tolerance: EXACT });

const vocabulary = unifyVocabularies([
  { name: "text", size: 3 },
  { name: "dna", size: 5 },
]);

test("by hand", () => {
  expect(unpackTokens([0, 6, 8, 12, 7, 0, 1, 5, 2, 0], vocabulary)).toEqual([
    { modality: "dna", ids: [0, 4] },
    { modality: "text", ids: [2] },
  ]);
});

test("what was packed comes back, whatever padding joins it", () => {
  const some = fc.oneof(
    ...(["text", "dna"] as const).map((modality) =>
      fc.record(
        {
          modality: fc.constant(modality),
          ids: fc.array(fc.integer({ min: 0, max: vocabulary.modalities[modality]!.size - 1 })),
        },
        { noNullPrototype: true },
      ),
    ),
  );
  fc.assert(
    fc.property(
      fc.array(some),
      fc.infiniteStream(fc.integer({ min: 0, max: 2 })),
      (segments, pads) => {
        const padded = packTokens(segments, vocabulary).flatMap((id) => [
          ...Array<number>(pads.next().value).fill(0),
          id,
        ]);
        expect(unpackTokens(padded, vocabulary)).toEqual(segments);
      },
    ),
  );
});

test("bad arguments", () => {
  expect(() => unpackTokens([1, 3, 8, 2], vocabulary)).toThrow(
    "unpackTokens: expected ids of text, 3 to 5, or its end 2, got 8 at position 2",
  );
  expect(() => unpackTokens([0, 3], vocabulary)).toThrow(
    "unpackTokens: expected the begin of a segment, got 3 at position 1",
  );
  expect(() => unpackTokens([6, 8], vocabulary)).toThrow(
    "unpackTokens: expected the end of dna, 7, got no more ids at position 2",
  );
  expect(() => unpackTokens([6, 99, 7], vocabulary)).toThrow("got 99 at position 1");
});
