/**
 * How BERT cleans a text before it is cut into words (Devlin et al. 2019; BasicTokenizer of
 * google-research/bert, in the form of Hugging Face's BertNormalizer).
 */
import { expectText } from "./checks";

/**
 * What BERT calls CJK: the blocks of Chinese characters. Japanese kana, Korean and the rest are
 * written with spaces or are left to the pieces. U+2B820 to U+2B91F are included, as in
 * BasicTokenizer; Hugging Face's BertNormalizer begins that block at U+2B920.
 */
// given
const CHINESE = new RegExp(
  "[\u4E00-\u9FFF\u3400-\u4DBF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}" +
    "\u{2B820}-\u{2CEAF}\uF900-\uFAFF\u{2F800}-\u{2FA1F}]",
  "gu",
);

/**
 * Cleans a text as BERT does. In this order:
 * - removes control, format and private characters, lone surrogates and U+FFFD, but keeps tabs and
 *   line ends;
 * - turns white space into spaces;
 * - puts a space on both sides of each Chinese character;
 * - with lowercase, takes off accents (canonical decomposition without category Mn) and lowercases
 *   each character by itself, so that Σ at the end of a word becomes σ too.
 * @param options.lowercase true by default; false keeps case and accents
 * @throws when text is not a string
 */
export function normalizeBert(text: string, options: { lowercase?: boolean } = {}): string {
  expectText("normalizeBert", text);
  const { lowercase = true } = options;
  // yours
  const clean = text
    .replace(/(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\uFFFD]/gu, "")
    .replace(/\p{White_Space}/gu, " ")
    .replace(CHINESE, " $& ");
  if (!lowercase) return clean;
  const bare = clean.normalize("NFD").replace(/\p{Mn}/gu, "");
  return Array.from(bare, (character) => character.toLowerCase()).join("");
}
