/** What words of a command line mean: lessons and whole numbers. */

/** The sentence for a word that names no lesson. */
export const noLesson = (word: string | number, ids: readonly string[]): string =>
  `there is no lesson ${word}: choose from ${ids.join(", ")}`;

/**
 * The id of the lesson that a word names: "06-attention", "06", or "6", since YAML and some parsers
 * of options read 06 as a number.
 */
export function findLesson(word: string | number, ids: readonly string[]): string | undefined {
  const text = String(word);
  if (ids.includes(text)) return text;
  for (const prefix of [text, text.padStart(2, "0")]) {
    const found = ids.find((id) => id === prefix || id.startsWith(`${prefix}-`));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @throws for a word that names none of the ids */
export function lessonNamed(word: string | number, ids: readonly string[]): string {
  const found = findLesson(word, ids);
  if (found === undefined) throw new Error(noLesson(word, ids));
  return found;
}

/**
 * The value of an option that is a whole number.
 * @param name without its dashes
 * @returns undefined where the option was not given
 * @throws with the name, what was expected and what was given
 */
export function wholeNumber(
  name: string,
  value: number | string | undefined,
  low: number,
  high = Infinity,
): number | undefined {
  if (value === undefined) return undefined;
  const n = Number(value);
  if (Number.isInteger(n) && n >= low && n <= high) return n;
  const range = high === Infinity ? `${low} on` : `${low} to ${high}`;
  throw new Error(`--${name}: expected a whole number from ${range}, got ${value}`);
}
