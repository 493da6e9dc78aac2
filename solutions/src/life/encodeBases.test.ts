import fc from "fast-check";
import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { decodeBases } from "./decodeBases";
import { encodeBases } from "./encodeBases";
import { EXACT } from "../shared/exact";

checkReferences("encodeBases", encodeBases, { tolerance: EXACT });

test("by hand, in both cases", () =>
  expect(encodeBases("GATTACAn")).toEqual(new Int32Array([2, 0, 3, 3, 0, 1, 0, 4])));

test("decoding gives the sequence back, in upper case", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."ACGTNacgtn") }), (sequence) => {
      expect(decodeBases(encodeBases(sequence))).toBe(sequence.toUpperCase());
    }),
  );
});

test("whatever else a string holds is refused with its position", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."ACGT") }),
      fc.string({ unit: "grapheme", minLength: 1 }),
      (bases, other) => {
        fc.pre(!/^[ACGTNacgtn]/u.test(other));
        expect(() => encodeBases(bases + other)).toThrow(`at position ${bases.length}`);
      },
    ),
  );
  expect(() => encodeBases("ACG🧬T")).toThrow(
    'encodeBases: expected the bases A, C, G, T and N, got "🧬" at position 3',
  );
  expect(() => encodeBases(null as never)).toThrow(
    "encodeBases: expected sequence to be a string, got null",
  );
});
