/**
 * Ids back to text. What was lost on the way stays lost: case, accents, the spaces around
 * punctuation.
 */
import { entryOf } from "./checks";
import type { WordPieceModel } from "./types";

/**
 * Joins pieces: one that begins with ## continues the word before it, any other begins a new word
 * after one space. Nothing is cleaned up: "it's" comes back as "it ' s", and a list that begins
 * inside a word keeps its ##.
 * @throws when an id is not in the vocabulary, with its position
 */
export function decodeWordPiece(ids: Iterable<number>, model: WordPieceModel): string {
  const pieces = Array.from(ids, (id, position) =>
    entryOf("decodeWordPiece", model.vocab, id, position),
  );
  // yours
  const spell = (piece: string, i: number) => {
    if (i === 0) return piece;
    return piece.startsWith("##") ? piece.slice(2) : ` ${piece}`;
  };
  return pieces.map(spell).join("");
}
