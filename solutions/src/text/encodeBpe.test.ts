import fc from "fast-check";
import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { applyMerges } from "./applyMerges";
import { applyMergesFast } from "./applyMergesFast";
import { decodeBpe } from "./decodeBpe";
import { encodeBpe } from "./encodeBpe";
import { EXACT } from "../shared/exact";
import { PairTable } from "./pairTable";
import { trainBpe } from "./trainBpe";
import type { Pair } from "./types";

checkReferences("encodeBpe", encodeBpe, { tolerance: EXACT });

const model = trainBpe(
  "the cat sat on the mat, and the rat that sat there sat flat. aaaa aaa",
  290,
  { specials: ["<s>", "<s><s>", "a|b"] },
);
const tableOf = (merges: Pair[]) => {
  const table = new PairTable();
  merges.forEach(([left, right], rank) => table.set(left, right, 256 + rank));
  return table;
};

test("by hand: the merge that was learned first goes first", () => {
  const { merges, ...rest } = trainBpe("", 256);
  const ab = {
    merges: [...merges, [98, 99], [97, 98]] as Pair[],
    ...rest,
    vocab: [...rest.vocab, Uint8Array.of(98, 99), Uint8Array.of(97, 98)],
  };
  expect(encodeBpe("abc ab", ab)).toEqual([97, 256, 32, 257]);
});

test("any text comes back, and its words are what the plain version gives", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(decodeBpe(encodeBpe(text, model), model)).toBe(text);
    }),
  );
  const table = tableOf(model.merges);
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(..."thea st".split("").map((c) => c.charCodeAt(0)))),
      (ids) => {
        expect(applyMergesFast(ids, table)).toEqual(applyMerges(ids, model.merges));
      },
    ),
  );
});

test("specials are found first, the longest of those that begin together", () => {
  const { "<s>": one, "<s><s>": two, "a|b": bar } = model.specials as Record<string, number>;
  expect(encodeBpe("<s><s><s>a|b", model)).toEqual([two, one, bar]);
  expect(encodeBpe("<s", model)).toEqual([60, 115]);
});

test("the empty text, and a megabyte without a space", () => {
  expect(encodeBpe("", model)).toEqual([]);
  const text = "thecatsat".repeat(111_112);
  expect(decodeBpe(encodeBpe(text, model), model)).toBe(text);
});

test("text that isn't a string", () =>
  expect(() => encodeBpe(7 as never, model)).toThrow(
    "encodeBpe: expected text to be a string, got number",
  ));
