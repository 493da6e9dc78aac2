/** A text as words, which are encoded one by one. */
import { GPT2_PATTERN } from "./gpt2Pattern";
import { gpt2WordEnd } from "./gpt2WordEnd";

/**
 * Visits the pattern's matches by their places. What it doesn't match belongs to no word, as with
 * Python's findall in GPT-2's own code.
 */
export function eachWord(
  text: string,
  pattern: RegExp,
  visit: (start: number, end: number) => void,
): void {
  if (pattern.source === GPT2_PATTERN.source && pattern.flags === GPT2_PATTERN.flags) {
    for (let start = 0, end: number; start < text.length; start = end) {
      end = gpt2WordEnd(text, start);
      visit(start, end);
    }
    return;
  }
  const everywhere = pattern.global ? pattern : new RegExp(pattern, `${pattern.flags}g`);
  for (const { 0: word, index } of text.matchAll(everywhere)) visit(index, index + word.length);
}

/** The pattern's matches as strings. */
export function wordsOf(text: string, pattern: RegExp): string[] {
  const words: string[] = [];
  eachWord(text, pattern, (start, end) => {
    words.push(text.slice(start, end));
  });
  return words;
}
