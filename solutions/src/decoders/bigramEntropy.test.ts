import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { bigramEntropy } from "./bigramEntropy";

checkReferences("bigramEntropy", bigramEntropy);

test("by hand: after 0 comes 1 or 2, after 1 and 2 always 0", () => {
  expect(bigramEntropy([0, 1, 0, 2, 0], 3)).toBeCloseTo((2 * Math.log(2)) / 4, 12);
});

test("never above the entropy of letters drawn one by one", () => {
  const ids = Array.from({ length: 5000 }, (_, i) => (i * i + 3 * i) % 7);
  expect(bigramEntropy(ids, 7)).toBeLessThan(Math.log(7));
  expect(bigramEntropy(Uint8Array.from(ids), 7)).toBe(bigramEntropy(ids, 7));
});

test("too short, outside", () => {
  expect(() => bigramEntropy([], 3)).toThrow(
    "bigramEntropy: expected ids of at least two tokens, got 0",
  );
  expect(() => bigramEntropy([0, 3], 3)).toThrow("bigramEntropy: expected ids from 0 to 2, got 3");
  expect(() => bigramEntropy([0, 0.5, 1], 2)).toThrow("expected ids from 0 to 1, got 0.5");
});
