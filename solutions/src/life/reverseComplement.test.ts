import fc from "fast-check";
import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { EXACT } from "../shared/exact";
import { kmerTokens } from "./kmerTokens";
import { reverseComplement } from "./reverseComplement";

checkReferences("reverseComplement", reverseComplement, { tolerance: EXACT });

test("by hand", () => expect(reverseComplement("GATTACA")).toBe("TGTAATC"));

test("twice gives the sequence back, and both strands have as many k-mers", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."ACGTNacgtn") }), (sequence) => {
      expect(reverseComplement(reverseComplement(sequence))).toBe(sequence);
      expect(kmerTokens(reverseComplement(sequence), 3)).toHaveLength(
        kmerTokens(sequence, 3).length,
      );
    }),
  );
});

test("anything but a base is refused with its position", () => {
  expect(() => reverseComplement("ACGU")).toThrow(
    'reverseComplement: expected the bases A, C, G, T and N, got "U" at position 3',
  );
  expect(() => reverseComplement(5 as never)).toThrow(
    "reverseComplement: expected sequence to be a string, got number",
  );
});
