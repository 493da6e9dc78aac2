/** For specs: random shapes of Transformers, and the tolerance of counts. */
import type { Random, Tolerance } from "grader";
import type { TransformerShape } from "./types";

export const COUNTED: Tolerance = {
  rtol: 0,
  atol: 0,
  reason: "weights, operations and bytes are whole numbers",
};

/** A few layers, heads and features; the feed-forward width isn't a multiple of the width. */
export function drawShape(
  random: Random,
  more: Partial<TransformerShape> = {},
): TransformerShape & Record<string, number | boolean> {
  const heads = random.pick([4, 8]);
  return {
    layers: random.int(2, 6),
    width: heads * random.int(3, 9),
    heads,
    ffWidth: random.int(50, 300),
    vocabulary: random.int(100, 900),
    context: random.int(20, 90),
    ...more,
  };
}

export const LLAMA: Partial<TransformerShape> = {
  gated: true,
  biases: false,
  learnedPositions: false,
  tiedHead: false,
};
