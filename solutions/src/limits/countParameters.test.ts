import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { countParameters } from "./countParameters";
import { COUNTED } from "./limitsCases";

checkReferences("countParameters", countParameters, { tolerance: COUNTED });

const tiny = { layers: 1, width: 2, heads: 1, ffWidth: 3, vocabulary: 5, context: 7 };

test("GPT-2 small", () =>
  expect(
    countParameters({
      layers: 12,
      width: 768,
      heads: 12,
      ffWidth: 3072,
      vocabulary: 50257,
      context: 1024,
    }),
  ).toBe(124_439_808));

test("by hand: tables 10 + 14, attention 4 · 6, feed-forward 9 + 8, three norms of 4", () =>
  expect(countParameters(tiny)).toBe(24 + 24 + 17 + 12));

test("an option that is undefined has its default", () => {
  const undefinedOptions = {
    kvHeads: undefined,
    tiedHead: undefined,
    gated: undefined,
    biases: undefined,
    learnedPositions: undefined,
  };
  expect(countParameters({ ...tiny, ...undefinedOptions })).toBe(countParameters(tiny));
});

test("each layer adds the same", () => {
  const counts = [1, 2, 3].map((layers) => countParameters({ ...tiny, layers }));
  expect(counts[2]! - counts[1]!).toBe(counts[1]! - counts[0]!);
});

test("bad arguments", () => {
  expect(() => countParameters({ ...tiny, heads: 4 })).toThrow(
    "countParameters: expected heads to divide the width 2, got 4",
  );
  expect(() => countParameters({ ...tiny, width: 4, heads: 4, kvHeads: 3 })).toThrow(
    "countParameters: expected kvHeads to divide heads 4, got 3",
  );
  for (const layers of [0, -1, 1.5, NaN]) {
    expect(() => countParameters({ ...tiny, layers })).toThrow(
      `countParameters: expected layers to be a whole number of at least 1, got ${layers}`,
    );
  }
});
