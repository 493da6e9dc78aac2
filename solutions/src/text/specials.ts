/** Special tokens: strings that are found before anything else and never take part in merges. */

const escape = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/**
 * Cuts a text so that every other piece, starting with the second, is a special. Where several
 * specials begin at the same place, the longest wins.
 */
export function cutAtSpecials(text: string, specials: readonly string[]): string[] {
  if (specials.length === 0) return [text];
  const longestFirst = [...specials].sort((a, b) => b.length - a.length);
  return text.split(new RegExp(`(${longestFirst.map(escape).join("|")})`));
}

/** @throws when a special isn't a string, is empty or occurs twice */
export function expectSpecials(fn: string, specials: readonly string[]): void {
  specials.forEach((special, i) => {
    const written = JSON.stringify(special);
    if (typeof special !== "string" || special === "") {
      throw new Error(
        `${fn}: expected specials to be non-empty strings, got ${written} at position ${i}`,
      );
    }
    if (specials.indexOf(special) !== i) {
      throw new Error(`${fn}: expected specials that differ, got ${written} twice`);
    }
  });
}
