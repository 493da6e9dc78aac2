import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { preTokenizeBert } from "./preTokenizeBert";

checkReferences("preTokenizeBert", preTokenizeBert);

test("by hand: signs are words, spaces are none", () => {
  expect(preTokenizeBert(" it's  $5^2!?\n")).toEqual([
    "it",
    "'",
    "s",
    "$",
    "5",
    "^",
    "2",
    "!",
    "?",
  ]);
  expect(preTokenizeBert(" \t")).toEqual([]);
});

test("each ASCII sign that is neither a letter nor a digit is punctuation", () => {
  const signs = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter(
    (c) => !/[a-z0-9]/i.test(c),
  );
  expect(signs).toHaveLength(32);
  expect(preTokenizeBert(`a${signs.join("")}b`)).toEqual(["a", ...signs, "b"]);
});

test("text that isn't a string", () =>
  expect(() => preTokenizeBert(["a"] as never)).toThrow(
    "preTokenizeBert: expected text to be a string, got a list",
  ));
