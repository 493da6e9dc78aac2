import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { countFlops } from "./countFlops";
import { crossoverLength } from "./crossoverLength";

checkReferences("crossoverLength", crossoverLength);

const gpt2 = { layers: 12, width: 768, heads: 12, ffWidth: 3072, vocabulary: 50257, context: 1024 };

test("by hand: six times the width of GPT-2 small", () => expect(crossoverLength(gpt2)).toBe(4608));

test("there countFlops sees as much attention as everything else in the layers", () => {
  for (const shape of [
    gpt2,
    { ...gpt2, layers: 30, width: 576, heads: 9, kvHeads: 3, ffWidth: 1536, gated: true },
  ]) {
    const { projections, attention, feedForward } = countFlops(
      shape,
      Math.round(crossoverLength(shape)),
    );
    expect(attention / (projections + feedForward)).toBeCloseTo(1, 3);
  }
});

test("bad arguments", () =>
  expect(() => crossoverLength({ ...gpt2, kvHeads: 5 })).toThrow(
    "crossoverLength: expected kvHeads to divide heads 12, got 5",
  ));
