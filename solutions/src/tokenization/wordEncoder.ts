/** What encoding with a BPE model prepares once: a table of its merges, and the ids of words that it has met, since words repeat. */
import { applyMergesFast } from "./applyMergesFast";
import { utf8 } from "./bytes";
import { PairTable } from "./pairTable";
import type { BpeModel } from "./types";

/** A word that comes again is short, and memory must not grow with the text. */
const KEPT = { words: 100_000, length: 64 };

const encoders = new WeakMap<BpeModel, (word: string) => number[]>();

/** The function from a word to its ids, made on first use and kept with the model, which must not be changed afterwards. */
export function wordEncoder(model: BpeModel): (word: string) => number[] {
  const made = encoders.get(model);
  if (made) return made;
  const byteIds = new Int32Array(256), merged = new PairTable(model.merges.length), known = new Map<string, number[]>();
  for (let id = 0; id < 256; id++) byteIds[model.vocab[id]![0]!] = id;
  model.merges.forEach(([left, right], rank) => merged.set(left, right, 256 + rank));
  const encode = (word: string): number[] => {
    const found = known.get(word);
    if (found) return found;
    const single: number[] = [];
    for (const byte of utf8(word)) single.push(byteIds[byte]!);
    const ids = applyMergesFast(single, merged);
    if (word.length <= KEPT.length) {
      if (known.size >= KEPT.words) known.clear();
      known.set(word, ids);
    }
    return ids;
  };
  encoders.set(model, encode);
  return encode;
}
