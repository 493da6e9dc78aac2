/** For specs: small models of letters, made fresh from each seed. */
import type { Random } from "grader";
import { trainBpe } from "./trainBpe";
import type { BpeModel, WordPieceModel } from "./types";

/** An interface as a plain record, which a case's arguments are. */
type Plain<T> = { [K in keyof T]: T[K] };

/** Words made of few different letters, so that pairs repeat and counts tie. */
export function babble(random: Random, words: number, letters = "abcé"): string {
  const letter = () => random.pick(Array.from(letters));
  const word = () => Array.from({ length: random.int(1, 7) }, letter).join("");
  return Array.from({ length: words }, word).join(" ");
}

export const tinyBpe = (random: Random, specials: string[] = []): Plain<BpeModel> =>
  trainBpe(babble(random, 60), 290, { specials });

/** A model with one merge that training can't learn: its pattern never puts both in one word. */
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
