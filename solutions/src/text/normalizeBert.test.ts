import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { normalizeBert } from "./normalizeBert";

checkReferences("normalizeBert", normalizeBert);

test("by hand: accents, Chinese, control characters", () => {
  expect(normalizeBert("Où\tCAFÉ\u0000中\u200b文")).toBe("ou cafe 中  文 ");
  expect(normalizeBert("Où\tCAFÉ", { lowercase: false })).toBe("Où CAFÉ");
});

test("Chinese characters that BertNormalizer leaves out and BERT's own code does not", () => {
  expect(normalizeBert("a\u{2b81f}\u{2b820}\u{2b91f}b")).toBe(
    "a \u{2b81f}  \u{2b820}  \u{2b91f} b",
  );
});

test("a lone surrogate goes, a pair stays", () => expect(normalizeBert("a\ud800b😀")).toBe("ab😀"));

test("text that isn't a string", () =>
  expect(() => normalizeBert(null as never)).toThrow(
    "normalizeBert: expected text to be a string, got null",
  ));
