import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { pageKey } from "./pageKey";
import { prefixCache } from "./prefixCache";

checkReferences("prefixCache", prefixCache);

test("by hand: two pages of two tokens, and one that stands after another beginning", () => {
  const known = new Map([
    [pageKey(-1, [1, 2]), 8],
    [pageKey(8, [3, 4]), 6],
    [pageKey(-1, [3, 4]), 5],
  ]);
  expect(prefixCache([1, 2, 3, 4, 5], known, 2)).toEqual([8, 6]);
  expect(prefixCache([3, 4, 3, 4, 5], known, 2)).toEqual([5]);
});

test("keys differ where tokens only read alike", () =>
  expect(pageKey(1, [1, 11])).not.toBe(pageKey(1, [11, 1])));

test("what doesn't fit", () =>
  expect(() => prefixCache([], new Map(), 2)).toThrow(
    "prefixCache: expected a prompt of at least one token",
  ));
