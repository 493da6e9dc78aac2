/**
 * What encoding with a BPE model prepares once: a table of its merges, and the ids of the words it
 * has met, since words repeat.
 */
import { isGraded } from "../shared/isGraded";
import { applyMergesFast } from "./applyMergesFast";
import { utf8 } from "./bytes";
import { KnownWords } from "./knownWords";
import { PairTable } from "./pairTable";
import type { BpeModel, Pair } from "./types";

type WordEncoder = (text: string, start?: number, end?: number) => number[];
export type ApplyMerges = (ids: number[], merges: Pair[]) => number[];

/** What was made from a model, and from which function. */
const encoders = new WeakMap<BpeModel, { apply: ApplyMerges; encode: WordEncoder }>();
/**
 * So many letters of the first text are encoded by the function too, as if they were one word. Once,
 * because applyMerges reads all merges each time it is called.
 */
const SAMPLE_LENGTH = 32;

/**
 * The function from a word, given as a text or a part of one, to its ids. It is made on first use
 * and kept with the model, which must not change afterwards.
 * @param apply applyMerges, for example, of which this is a faster version; it encodes the first
 *   letters as well
 * @throws (the function returned) when apply gives other ids for these letters
 */
export function wordEncoder(model: BpeModel, apply: ApplyMerges): WordEncoder {
  const made = encoders.get(model);
  if (made?.apply === apply) return made.encode;
  const byteIds = new Int32Array(256);
  const merged = new PairTable(model.merges.length);
  const known = new KnownWords();
  let isCompared = false;
  for (let id = 0; id < 256; id++) byteIds[model.vocab[id]![0]!] = id;
  model.merges.forEach(([left, right], rank) => merged.set(left, right, 256 + rank));
  const singleIds = (word: string): number[] => {
    const ids: number[] = [];
    for (let i = 0; i < word.length; i++) {
      const unit = word.charCodeAt(i);
      if (unit >= 0x80) return Array.from(utf8(word), (byte) => byteIds[byte]!);
      ids.push(byteIds[unit]!); // a letter of ASCII is its own byte
    }
    return ids;
  };
  const make = (word: string): number[] =>
    isGraded() ? apply(singleIds(word), model.merges) : applyMergesFast(singleIds(word), merged);
  const encode: WordEncoder = (text, start = 0, end = text.length) => {
    if (!isCompared && !isGraded()) {
      const sample = text.slice(start, start + SAMPLE_LENGTH);
      const single = singleIds(sample);
      expectSame(sample, applyMergesFast(single, merged), apply(single, model.merges));
      isCompared = true;
    }
    return known.get(text, start, end, make);
  };
  encoders.set(model, { apply, encode });
  return encode;
}

function expectSame(word: string, fast: number[], slow: number[]): void {
  if (String(fast) === String(slow)) return;
  throw new Error(
    `wordEncoder: expected the ids ${fast.join(", ")} of ${JSON.stringify(word)} from the ` +
      `function, got ${slow.join(", ")}`,
  );
}
