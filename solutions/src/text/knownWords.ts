/**
 * The ids of words met before, found by the word's place in a text: looking one up makes no
 * substring.
 */

/**
 * Memory must not grow with the text: after so many words it starts anew, and longer ones, which
 * rarely come again, are not kept.
 */
const MOST = 100_000;
const LONGEST = 64;
/** Free slots end a search, so at least half of them are kept free. */
const SLOTS = 2 ** Math.ceil(Math.log2(2 * MOST));

function sameUnits(text: string, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    if (text.charCodeAt(start + i) !== word.charCodeAt(i)) return false;
  }
  return true;
}

/** Open addressing: a slot holds 1 + the word's place in `words` and `ids`, 0 where it is free. */
export class KnownWords {
  private readonly slots = new Int32Array(SLOTS);
  private words: string[] = [];
  private ids: number[][] = [];

  /** The slot of the word from start to end, or the free one where it belongs. */
  private slotOf(text: string, start: number, end: number): number {
    let hash = 0;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    for (let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
      const entry = this.slots[slot]!;
      if (entry === 0) return slot;
      const word = this.words[entry - 1]!;
      if (word.length === end - start && sameUnits(text, start, word)) return slot;
    }
  }

  /**
   * The ids of the word from start to end; what makes them is asked for a word that is not known.
   */
  get(text: string, start: number, end: number, make: (word: string) => number[]): number[] {
    if (end - start > LONGEST) return make(text.slice(start, end));
    const slot = this.slotOf(text, start, end);
    const entry = this.slots[slot]!;
    if (entry > 0) return this.ids[entry - 1]!;
    const word = text.slice(start, end);
    const ids = make(word);
    if (this.words.length === MOST) {
      this.slots.fill(0);
      this.words = [];
      this.ids = [];
    }
    this.ids.push(ids);
    this.slots[this.words.length === 0 ? this.slotOf(text, start, end) : slot] =
      this.words.push(word);
    return ids;
  }
}
