import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { contaminated } from "./contaminated";

checkReferences("contaminated", contaminated);

test("by hand: two of three pairs", () =>
  expect(contaminated(["To be, or not"], ["I want to be or go"], 2)).toEqual([2 / 3]));

test("a text is its own training text, unless it is too short", () =>
  expect(contaminated(["a b c", "a"], ["a b c", "a"], 2)).toEqual([1, 0]));

test("bad arguments", () =>
  expect(() => contaminated([], [], 0)).toThrow(
    "contaminated: expected n to be a whole number of at least 1, got 0",
  ));
