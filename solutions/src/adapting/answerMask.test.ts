import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { answerMask } from "./answerMask";

checkReferences("answerMask", answerMask);

test("by hand: two turns, and padding that is the closing id", () => {
  // start user … end, start assistant … end, end, end
  const ids = [1, 7, 40, 2, 1, 8, 50, 51, 2, 2, 2];
  expect(answerMask(ids, [1, 8], 2)).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0]);
});

test("what doesn't fit", () =>
  expect(() => answerMask([1, 2], [], 2)).toThrow(
    "answerMask: expected at least one id in opening, got []",
  ));
