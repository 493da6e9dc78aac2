/**
 * Text to ids with a vocabulary of word pieces (Wu et al. 2016, arXiv:1609.08144; BERT's
 * WordpieceTokenizer).
 */
import { expectText } from "./checks";
import { normalizeBert } from "./normalizeBert";
import { preTokenizeBert } from "./preTokenizeBert";
import type { WordPieceModel } from "./types";

/**
 * From the left, takes of each word the longest piece that the vocabulary has; pieces inside a word
 * are written ##x. A word that has no match at some place, or more than maxWordLength code points,
 * is one unknown. Adds no [CLS] and no [SEP].
 * @throws when text is not a string, or the vocabulary lacks its own unknown piece
 */
export function encodeWordPiece(text: string, model: WordPieceModel): number[] {
  expectText("encodeWordPiece", text);
  const unknown = model.ids.get(model.unknown);
  if (unknown === undefined) {
    throw new Error(
      `encodeWordPiece: expected a model whose vocab holds its unknown piece ${model.unknown}`,
    );
  }
  // yours
  const encodeWord = (word: string): number[] => {
    const characters = Array.from(word);
    const ids: number[] = [];
    if (characters.length > model.maxWordLength) return [unknown];
    for (let start = 0; start < characters.length;) {
      let end = characters.length;
      let id: number | undefined;
      for (; end > start; end--) {
        id = model.ids.get((start > 0 ? "##" : "") + characters.slice(start, end).join(""));
        if (id !== undefined) break;
      }
      if (id === undefined) return [unknown];
      ids.push(id);
      start = end;
    }
    return ids;
  };
  return preTokenizeBert(normalizeBert(text, { lowercase: model.lowercase })).flatMap(encodeWord);
}
