/** Letters that have one color all through the course, in code. */

/**
 * The names in a piece of code that stand for letters with a color. They do so where all of the
 * letters stand together: a `k` alone counts something, but beside q and v it is a key.
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
