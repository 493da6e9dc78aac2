import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { EXACT } from "../shared/exact";
import { withScratchpad } from "./withScratchpad";

checkReferences("withScratchpad", withScratchpad, { tolerance: EXACT });

test("by hand: parity of 1, 0, 1", () => {
  expect(withScratchpad([1, 0, 1], [1, 1, 0], 2)).toEqual({
    inputs: [2, 1, 3, 0, 3, 1],
    targets: [-100, 1, -100, 1, -100, 0],
  });
});

test("no place that is asked has read its own answer", () => {
  const states = [5, 6, 7, 8];
  const { inputs, targets } = withScratchpad([0, 1, 0, 1], states, 2);
  targets.forEach((target, i) => {
    if (target !== -100) expect(inputs.slice(0, i + 1)).not.toContain(2 + target);
  });
});

test("bad arguments", () => {
  expect(() => withScratchpad([0, 1], [0], 2)).toThrow(
    "withScratchpad: expected as many states as moves, 2, got 1",
  );
  expect(() => withScratchpad([0, 2], [0, 0], 2)).toThrow(
    "withScratchpad: expected moves from 0 to 1, got 2 at position 1",
  );
  expect(() => withScratchpad([], [], 0)).toThrow(
    "withScratchpad: expected kinds to be a whole number of at least 1, got 0",
  );
});
