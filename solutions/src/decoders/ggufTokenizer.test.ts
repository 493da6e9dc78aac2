import { expect, test } from "vitest";
import { DIGITS_PATTERN, ggufTokenizer } from "./ggufTokenizer";

/**
 * Two specials, then the bytes of "ab 1" with a hole for c, then the merges ab and ␣ab; Ġ is how a
 * space is written.
 */
const metadata = {
  "tokenizer.ggml.model": "gpt2",
  "tokenizer.ggml.pre": "smollm",
  "tokenizer.ggml.tokens": ["<s>", "<end>", "Ġ", "1", "a", "b", "ab", "Ġab"],
  "tokenizer.ggml.token_type": [3, 3, 1, 1, 1, 1, 1, 1],
  "tokenizer.ggml.merges": ["a b", "Ġ ab"],
};

test("by hand: the file's own ids, specials, and bytes that have none", () => {
  const { encode, decode } = ggufTokenizer(metadata);
  expect(encode("<s>ab ab 11<end>")).toEqual([0, 6, 7, 2, 3, 3, 1]);
  expect(encode("abcab")).toEqual([6, 6]);
  expect(decode([0, 6, 7, 2, 3, 3, 1])).toBe("<s>ab ab 11<end>");
  expect(() => decode([8])).toThrow("decodeBpe: ");
});

test("digits are words of their own, white space before them is one run", () => {
  const words = (text: string) => text.match(DIGITS_PATTERN);
  expect(words("in 1492, a1b")).toEqual(["in", " ", "1", "4", "9", "2", ",", " a", "1", "b"]);
  expect(words("x   2  y")).toEqual(["x", "   ", "2", " ", " y"]);
});

test("another kind of tokenizer", () => {
  expect(() => ggufTokenizer({ ...metadata, "tokenizer.ggml.model": "llama" })).toThrow(
    'ggufTokenizer: expected tokenizer.ggml.model "gpt2", got "llama"',
  );
  expect(() => ggufTokenizer({ ...metadata, "tokenizer.ggml.pre": "qwen2" })).toThrow(
    "ggufTokenizer: expected tokenizer.ggml.pre to be one of gpt-2, smollm, got qwen2",
  );
  expect(() => ggufTokenizer({ ...metadata, "tokenizer.ggml.merges": ["ab xy"] })).toThrow(
    'expected merges of two tokens, got "ab xy"',
  );
  expect(() => ggufTokenizer({ ...metadata, "tokenizer.ggml.merges": undefined })).toThrow(
    "ggufTokenizer: expected metadata with the list tokenizer.ggml.merges, got undefined",
  );
});
