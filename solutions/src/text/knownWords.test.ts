import { expect, test } from "vitest";
import { KnownWords } from "./knownWords";

test("a word is made once, wherever it stands, and words of the same beginning stay apart", () => {
  const known = new KnownWords();
  const made: string[] = [];
  const get = (text: string, start: number, end: number) =>
    known.get(text, start, end, (word) => {
      made.push(word);
      return [word.length];
    });
  expect(get("abc ab abc", 0, 3)).toEqual([3]);
  expect(get("abc ab abc", 4, 6)).toEqual([2]);
  expect(get("abc ab abc", 7, 10)).toBe(get("xabc", 1, 4));
  expect(get("", 0, 0)).toEqual([0]);
  expect(made).toEqual(["abc", "ab", ""]);
});

test("it begins anew when it is full and keeps no long word", () => {
  const known = new KnownWords();
  let made = 0;
  const get = (word: string) => known.get(word, 0, word.length, () => [made++]);
  for (let i = 0; i < 100_001; i++) get(`w${i}`);
  expect(get("w100000")).toEqual([100_000]); // the last one is kept
  expect(get("w0")).toEqual([100_001]); // the first was dropped with the others
  const long = "x".repeat(65);
  expect(get(long)).not.toEqual(get(long));
});
