/**
 * Training a vocabulary of word pieces, as Google's trainer is described (Schuster & Nakajima 2012;
 * Wu et al. 2016, arXiv:1609.08144, §4.1): merge what gains the most likelihood. The score is the
 * gain at one occurrence of the pair, however many there are. The trainer itself was never
 * published, and Hugging Face's trainer of this name merges by count, as BPE does.
 */
import { expectText, expectVocabSize } from "./checks";
import { mergePair } from "./mergePair";
import { normalizeBert } from "./normalizeBert";
import { countPieces, rewriteWords, type PieceCounts } from "./pieceCounts";
import { preTokenizeBert } from "./preTokenizeBert";
import type { Pair, WordPieceModel } from "./types";

// given
const SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

/** The order of code points. < on strings compares UTF-16 units, in which 𝔸 comes before ﬁ. */
// given
function compareCodePoints(a: string, b: string): number {
  const x = Array.from(a, (c) => c.codePointAt(0)!);
  const y = Array.from(b, (c) => c.codePointAt(0)!);
  for (let i = 0; i < x.length && i < y.length; i++) if (x[i] !== y[i]) return x[i]! - y[i]!;
  return x.length - y.length;
}

/**
 * Cuts words into characters, the first as x and the others as ##x. Then the pair with the highest
 * score count(ab) / (count(a) · count(b)) becomes a piece, again and again. Ties go to the first
 * pair (a, b) in code-point order.
 * @param vocabSize specials, then the alphabet in code-point order, then merges; a piece that two
 *   merges make counts once, and the vocabulary stays smaller when no pair is left
 * @param options.specials [PAD], [UNK], [CLS], [SEP] and [MASK] by default; [UNK] stands for words
 *   that can't be encoded
 * @param options.lowercase as in normalizeBert, true by default
 * @throws when text is not a string, or vocabSize is below specials + alphabet
 */
export function trainWordPiece(
  text: string,
  vocabSize: number,
  options: { specials?: string[]; lowercase?: boolean } = {},
): WordPieceModel {
  const { specials = SPECIALS, lowercase = true } = options;
  expectText("trainWordPiece", text);
  const occurrences = new Map<string, number>();
  for (const word of preTokenizeBert(normalizeBert(text, { lowercase }))) {
    occurrences.set(word, (occurrences.get(word) ?? 0) + 1);
  }
  const counts = [...occurrences.values()];
  const spelled = [...occurrences.keys()].map((word) =>
    Array.from(word, (c, i) => (i === 0 ? c : `##${c}`)),
  );
  const alphabet = [...new Set(spelled.flat())].sort(compareCodePoints);
  const vocab = [...new Set([...specials, ...alphabet])];
  expectVocabSize("trainWordPiece", vocabSize, vocab.length, "the specials and the alphabet");
  // yours
  const ids = new Map(vocab.map((piece, id) => [piece, id]));
  const words = spelled.map((pieces) => pieces.map((piece) => ids.get(piece)!));
  const state = countPieces(words, counts);
  while (vocab.length < vocabSize) {
    const pair = bestPair(state, vocab);
    if (!pair) break;
    const merged = vocab[pair[0]]! + vocab[pair[1]]!.slice(2);
    if (!ids.has(merged)) ids.set(merged, vocab.push(merged) - 1);
    const id = ids.get(merged)!;
    rewriteWords(state, pair, (word) => mergePair(word, pair, id));
  }
  return { vocab, ids, unknown: "[UNK]", maxWordLength: 100, lowercase };
}

interface Scored {
  pair: Pair;
  count: number;
  product: number;
}

function bestPair({ pieces, pairs }: PieceCounts, vocab: string[]): Pair | undefined {
  let best: Scored | undefined;
  for (const { pair, count } of pairs.values()) {
    const candidate = { pair, count, product: pieces.get(pair[0])! * pieces.get(pair[1])! };
    if (!best || compareScores(candidate, best, vocab) > 0) best = candidate;
  }
  return best?.pair;
}

/**
 * Above zero when a goes first. Fractions that are equal in floating point are compared again as
 * whole numbers, so that only true ties count as ties.
 */
function compareScores(a: Scored, b: Scored, vocab: string[]): number {
  const difference = a.count / a.product - b.count / b.product;
  if (difference !== 0) return difference;
  const exact = BigInt(a.count) * BigInt(b.product) - BigInt(b.count) * BigInt(a.product);
  if (exact !== 0n) return exact > 0n ? 1 : -1;
  return (
    compareCodePoints(vocab[b.pair[0]]!, vocab[a.pair[0]]!) ||
    compareCodePoints(vocab[b.pair[1]]!, vocab[a.pair[1]]!)
  );
}
