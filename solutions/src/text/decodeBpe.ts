/** Ids back to text: the bytes of all tokens, joined, read as UTF-8. */
import { entryOf } from "./checks";
import type { BpeModel } from "./types";

/**
 * A character may be spread over several tokens, so the bytes are joined first and then read.
 * Bytes that are not UTF-8 become U+FFFD; a leading U+FEFF is kept.
 * @throws when an id is not in the vocabulary, with its position
 */
export function decodeBpe(ids: Iterable<number>, model: BpeModel): string {
  const pieces = Array.from(ids, (id, position) => entryOf("decodeBpe", model.vocab, id, position));
  // yours
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
