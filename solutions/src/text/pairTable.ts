/**
 * From a pair of ids to a number, without making a key: open addressing in one Int32Array. A Map
 * would need a string or a number of more than 31 bits as its key, and each lookup would have to
 * allocate one.
 */
export class PairTable {
  /** Three numbers per slot: left + 1, right, value; the first is 0 where the slot is free. */
  private slots: Int32Array;
  private mask: number;
  private size = 0;

  constructor(expected = 16) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(16, expected * 2)));
    this.slots = new Int32Array(3 * capacity);
    this.mask = capacity - 1;
  }

  /** Where the pair's slot begins, or the free one where the pair belongs. */
  private slotOf(left: number, right: number): number {
    const { slots, mask } = this;
    let hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
    hash ^= hash >>> 15;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = 3 * slot;
      if (slots[at] === 0 || (slots[at] === left + 1 && slots[at + 1] === right)) return at;
    }
  }

  /** The pair's value, or -1 if it has none. */
  get(left: number, right: number): number {
    const at = this.slotOf(left, right);
    return this.slots[at] === 0 ? -1 : this.slots[at + 2]!;
  }

  set(left: number, right: number, value: number): void {
    if (2 * (this.size + 1) > this.mask + 1) this.grow();
    const at = this.slotOf(left, right);
    if (this.slots[at] === 0) this.size++;
    this.slots[at] = left + 1;
    this.slots[at + 1] = right;
    this.slots[at + 2] = value;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Int32Array(2 * old.length);
    this.mask = 2 * this.mask + 1;
    this.size = 0;
    for (let at = 0; at < old.length; at += 3) {
      if (old[at] !== 0) this.set(old[at]! - 1, old[at + 1]!, old[at + 2]!);
    }
  }
}
