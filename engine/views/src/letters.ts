/** Finds the letters in code that have a color of their own throughout the course. */

/**
 * The names in a piece of code that get a color. Names count only if all of the letters occur
 * together: a `k` alone is a counter, but with q and v it is a key.
 * @param names all names of the code
 * @param colors by small letter
 */
export function namesWithColor(
  names: ReadonlySet<string>,
  colors: Readonly<Record<string, string>>,
): Map<string, string> {
  const small = Object.entries(colors);
  const large = small.map(([letter, color]) => [letter.toUpperCase(), color] as const);
  const together = [small, large].filter((group) => group.every(([letter]) => names.has(letter)));
  return new Map(together.flat());
}
