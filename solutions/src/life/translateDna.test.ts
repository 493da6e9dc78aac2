import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { EXACT } from "../shared/exact";
import { reverseComplement } from "./reverseComplement";
import { translateDna } from "./translateDna";

checkReferences("translateDna", translateDna, { tolerance: EXACT });

test("by hand: methionine, stop, and a codon with N", () =>
  expect(translateDna("ATGTAAGGNA")).toBe("M*X"));

test("each strand has three frames", () => {
  const gene = "ATGAAACCCGGGTTTTAG";
  expect([0, 1, 2].map((frame) => translateDna(gene.slice(frame)))).toEqual([
    "MKPGF*",
    "*NPGF",
    "ETRVL",
  ]);
  expect(translateDna(reverseComplement(gene))).toBe("LKPGFH");
});

test("anything but a base is refused with its position", () =>
  expect(() => translateDna("ATGAUG")).toThrow('got "U" at position 4'));
