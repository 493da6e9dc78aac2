/** The ids of words met before. A word is looked up by its place in a text, without a substring. */

/** Memory must not grow with the text: after this many words the table starts over. */
const MOST = 100_000;
/** Longer words, which rarely come again, are not kept. */
const LONGEST = 64;
/** Free slots end a search, so at least half of them stay free. */
const SLOTS = 2 ** Math.ceil(Math.log2(2 * MOST));

function sameUnits(text: string, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    if (text.charCodeAt(start + i) !== word.charCodeAt(i)) return false;
  }
  return true;
}

/** Open addressing: a slot holds 1 + the word's place in `words` and `ids`, or 0 if it is free. */
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

  /** The ids of the word from start to end; `make` gives those of a word that isn't known yet. */
  get(text: string, start: number, end: number, make: (word: string) => number[]): number[] {
    if (end - start > LONGEST) return make(text.slice(start, end));
    let slot = this.slotOf(text, start, end);
    const entry = this.slots[slot]!;
    if (entry > 0) return this.ids[entry - 1]!;
    const word = text.slice(start, end);
    const ids = make(word).slice(); // without the room for more that push leaves
    if (this.words.length === MOST) {
      this.clear();
      slot = this.slotOf(text, start, end);
    }
    this.ids.push(ids);
    this.slots[slot] = this.words.push(word);
    return ids;
  }

  private clear(): void {
    this.slots.fill(0);
    this.words = [];
    this.ids = [];
  }
}
