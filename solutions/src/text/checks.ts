/** Checks of arguments, shared by the tokenizers. */

/** @throws when the value is not a string */
export function expectText(fn: string, text: unknown): void {
  if (typeof text !== "string") {
    throw new Error(`${fn}: expected text to be a string, got ${kindOf(text)}`);
  }
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : typeof value;
}

/** @throws unless vocabSize is a whole number of at least `least`, whose parts `because` names */
export function expectVocabSize(
  fn: string,
  vocabSize: number,
  least: number,
  because: string,
): void {
  if (!Number.isInteger(vocabSize) || vocabSize < least) {
    const expected = `a whole number of at least ${least} (${because})`;
    throw new Error(`${fn}: expected vocabSize to be ${expected}, got ${vocabSize}`);
  }
}

/**
 * The entry of an id in a vocabulary.
 * @param position of the id in its list, for the message
 * @throws when there is no such entry
 */
export function entryOf<T>(fn: string, vocab: readonly T[], id: number, position: number): T {
  const entry = vocab[id];
  if (entry === undefined) {
    const last = vocab.length - 1;
    throw new Error(`${fn}: expected ids from 0 to ${last}, got ${id} at position ${position}`);
  }
  return entry;
}

/** @throws unless each word is a list of whole numbers from 0 to 255 */
export function expectBytes(fn: string, words: number[][]): void {
  const isByte = (b: number) => Number.isInteger(b) && b >= 0 && b <= 255;
  for (const word of words) {
    const other = word.find((b) => !isByte(b));
    if (other !== undefined) {
      throw new Error(`${fn}: expected words of bytes, from 0 to 255, got ${other}`);
    }
  }
}
