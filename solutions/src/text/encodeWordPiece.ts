/**
 * Text to ids with a vocabulary of word pieces (Wu et al. 2016, arXiv:1609.08144; BERT's
 * WordpieceTokenizer).
 */
import { expectText } from "./checks";
import { normalizeBert } from "./normalizeBert";
import { preTokenizeBert } from "./preTokenizeBert";
import type { WordPieceModel } from "./types";

/**
 * From the left of each word, takes the longest piece that the vocabulary has; pieces inside a word
 * are written ##x. A word with no match at some place, or with more than maxWordLength code points,
 * becomes one unknown. No [CLS] and no [SEP] are added.
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
  const longestPiece = (characters: string[], start: number) => {
    const mark = start > 0 ? "##" : "";
    for (let end = characters.length; end > start; end--) {
      const id = model.ids.get(mark + characters.slice(start, end).join(""));
      if (id !== undefined) return { id, end };
    }
    return undefined;
  };
  const encodeWord = (word: string): number[] => {
    const characters = Array.from(word);
    if (characters.length > model.maxWordLength) return [unknown];
    const ids: number[] = [];
    for (let start = 0; start < characters.length;) {
      const piece = longestPiece(characters, start);
      if (!piece) return [unknown];
      ids.push(piece.id);
      start = piece.end;
    }
    return ids;
  };
  return preTokenizeBert(normalizeBert(text, { lowercase: model.lowercase })).flatMap(encodeWord);
}
