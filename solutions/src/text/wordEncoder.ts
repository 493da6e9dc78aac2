/**
 * What encoding with a BPE model prepares once: a table of its merges, and the ids of the words it
 * has met, since words repeat.
 */
import { applyMergesFast } from "./applyMergesFast";
import { utf8 } from "./bytes";
import { KnownWords } from "./knownWords";
import { PairTable } from "./pairTable";
import type { BpeModel } from "./types";

type WordEncoder = (text: string, start?: number, end?: number) => number[];

const encoders = new WeakMap<BpeModel, WordEncoder>();

/**
 * The function from a word, given as a text or a part of one, to its ids. It is made on first use
 * and kept with the model, which must not change afterwards.
 */
export function wordEncoder(model: BpeModel): WordEncoder {
  const made = encoders.get(model);
  if (made) return made;
  const byteIds = new Int32Array(256);
  const merged = new PairTable(model.merges.length);
  const known = new KnownWords();
  for (let id = 0; id < 256; id++) byteIds[model.vocab[id]![0]!] = id;
  model.merges.forEach(([left, right], rank) => merged.set(left, right, 256 + rank));
  const make = (word: string): number[] => {
    const single: number[] = [];
    for (const byte of utf8(word)) single.push(byteIds[byte]!);
    return applyMergesFast(single, merged);
  };
  const encode: WordEncoder = (text, start = 0, end = text.length) =>
    known.get(text, start, end, make);
  encoders.set(model, encode);
  return encode;
}
