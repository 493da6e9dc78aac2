/**
 * How BERT cuts a normalized text into words (Devlin et al. 2019; BasicTokenizer of
 * google-research/bert).
 */
import { expectText } from "./checks";

/** Punctuation, and the ASCII signs that Unicode counts as symbols instead: $ + < = > ^ ` | ~ */
const WORDS = /[\p{P}$+<=>^`|~]|[^\p{P}$+<=>^`|~\p{White_Space}]+/gu;

/**
 * Splits at white space, which is dropped, and around each punctuation character, which is a word
 * of its own: "it's" → it ' s.
 * @throws when text is not a string
 */
export function preTokenizeBert(text: string): string[] {
  expectText("preTokenizeBert", text);
  // yours
  return text.match(WORDS) ?? [];
}
