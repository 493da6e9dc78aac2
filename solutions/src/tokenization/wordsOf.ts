/** A text in words, which are encoded one by one. */
import { GPT2_PATTERN } from "./gpt2Pattern";
import { gpt2WordEnd } from "./gpt2WordEnd";

function* gpt2Words(text: string): Iterable<string> {
  for (let start = 0; start < text.length;) {
    const end = gpt2WordEnd(text, start);
    yield text.slice(start, end);
    start = end;
  }
}

/** The pattern's matches. What it does not match belongs to no word, as with Python's findall in GPT-2's own code. */
export function wordsOf(text: string, pattern: RegExp): Iterable<string> {
  if (pattern.source === GPT2_PATTERN.source && pattern.flags === GPT2_PATTERN.flags) return gpt2Words(text);
  return text.match(pattern.global ? pattern : new RegExp(pattern, `${pattern.flags}g`)) ?? [];
}
