/**
 * Training a byte-level BPE tokenizer (Sennrich et al. 2016, arXiv:1508.07909; bytes: Radford et
 * al. 2019, GPT-2). It can encode any text, since every byte is a token.
 */
import { concatBytes, singleBytes, utf8 } from "./bytes";
import { expectText, expectVocabSize } from "./checks";
import { GPT2_PATTERN } from "./gpt2Pattern";
import { fasterMerges } from "./fasterMerges";
import { learnMerges } from "./learnMerges";
import { cutAtSpecials, expectSpecials } from "./specials";
import type { BpeModel } from "./types";
import { wordsOf } from "./wordsOf";

/**
 * Cuts the text at specials, then into words, and merges the most frequent pair of neighbors inside
 * words, again and again. Ties go to the pair whose (left bytes, right bytes) is lexicographically
 * greatest.
 * @param vocabSize 256 bytes, merges and specials together; the vocabulary stays smaller when no
 *   pair is left
 * @param options.pattern matches words, GPT2_PATTERN by default
 * @param options.specials strings with ids of their own, which follow the merges' ids in this order
 * @throws when text is not a string, vocabSize is below 256 + specials, or a special is empty or
 *   occurs twice
 */
export function trainBpe(
  text: string,
  vocabSize: number,
  options: { pattern?: RegExp; specials?: string[] } = {},
): BpeModel {
  const { pattern = GPT2_PATTERN, specials = [] } = options;
  expectText("trainBpe", text);
  expectSpecials("trainBpe", specials);
  expectVocabSize("trainBpe", vocabSize, 256 + specials.length, "256 bytes and the specials");
  // yours
  const counts = new Map<string, number>();
  cutAtSpecials(text, specials).forEach((piece, i) => {
    if (i % 2 === 1) return; // a special
    for (const word of wordsOf(piece, pattern)) counts.set(word, (counts.get(word) ?? 0) + 1);
  });
  const words = [...counts.keys()].map(utf8);
  const most = vocabSize - 256 - specials.length;
  const merges = fasterMerges(learnMerges)(words, [...counts.values()], most);
  const vocab = singleBytes();
  for (const [left, right] of merges) vocab.push(concatBytes(vocab[left]!, vocab[right]!));
  const idOf = (special: string) => vocab.push(utf8(special)) - 1;
  const ids = Object.fromEntries(specials.map((special) => [special, idOf(special)]));
  return { vocab, merges, pattern, specials: ids };
}
