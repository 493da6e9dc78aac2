/** For specs: small models of letters, drawn anew from each seed. */
import type { Random } from "grader";
import { trainBpe } from "./trainBpe";
import type { BpeModel, WordPieceModel } from "./types";

/** An interface as a plain record, which a case's arguments are. */
type Plain<T> = { [K in keyof T]: T[K] };

/** Words of few letters, so that pairs repeat and counts tie. */
export const babble = (random: Random, words: number, letters = "abcé"): string =>
  Array.from({ length: words }, () =>
    Array.from({ length: random.int(1, 7) }, () => random.pick(Array.from(letters))).join(""),
  ).join(" ");

export const tinyBpe = (random: Random, specials: string[] = []): Plain<BpeModel> =>
  trainBpe(babble(random, 60), 290, { specials });

/**
 * A model with one merge that training would not learn, of two characters that its pattern puts
 * into different words.
 */
export function crossingBpe([left, right]: string, pattern?: RegExp): Plain<BpeModel> {
  const pair = Uint8Array.from([left!, right!], (c) => c.charCodeAt(0));
  const model = trainBpe("", 256, { pattern });
  return { ...model, vocab: [...model.vocab, pair], merges: [[pair[0]!, pair[1]!]] };
}

export function tinyWordPiece(...pieces: string[]): Plain<WordPieceModel> {
  const vocab = ["[UNK]", ...pieces];
  return {
    vocab,
    ids: new Map(vocab.map((piece, id) => [piece, id])),
    unknown: "[UNK]",
    maxWordLength: 20,
    lowercase: true,
  };
}
