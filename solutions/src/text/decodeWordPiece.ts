/**
 * Ids back to text: what was lost on the way, such as case, accents and the spaces around
 * punctuation, stays lost.
 */
import { entryOf } from "./checks";
import type { WordPieceModel } from "./types";

/**
 * Joins pieces: one that opens with ## goes on the word before it, any other begins a word after
 * one space. There is no clean-up, so "it's" comes back as "it ' s", and a list that opens inside a
 * word keeps its ##.
 * @throws when an id is not in the vocabulary, with its position
 */
export function decodeWordPiece(ids: Iterable<number>, model: WordPieceModel): string {
  const pieces = Array.from(ids, (id, position) =>
    entryOf("decodeWordPiece", model.vocab, id, position),
  );
  // yours
  return pieces
    .map((piece, i) => (i === 0 ? piece : piece.startsWith("##") ? piece.slice(2) : ` ${piece}`))
    .join("");
}
