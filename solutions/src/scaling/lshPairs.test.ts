import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { lshPairs } from "./lshPairs";

checkReferences("lshPairs", lshPairs);

test("by hand: the second band makes a pair, and the threshold takes it away", () => {
  const signatures = [
    [1, 2, 3, 4],
    [9, 9, 3, 4],
    [1, 9, 9, 4],
  ];
  expect(lshPairs(signatures, 2)).toEqual([[0, 1]]);
  expect(lshPairs(signatures, 2, 0.6)).toEqual([]);
  expect(lshPairs(signatures, 4)).toEqual([
    [0, 1],
    [0, 2],
    [1, 2],
  ]);
});

test("bad arguments", () =>
  expect(() => lshPairs([[1, 2, 3]], 2)).toThrow("lshPairs: expected bands to divide 3, got 2"));
