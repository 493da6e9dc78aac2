/** Special tokens: texts that are found before anything else and never take part in merges. */

const escape = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/**
 * Cuts a text so that every second piece, from the second on, is a special; of those that begin at
 * the same place the longest.
 */
export function cutAtSpecials(text: string, specials: readonly string[]): string[] {
  if (specials.length === 0) return [text];
  const longestFirst = [...specials].sort((a, b) => b.length - a.length);
  return text.split(new RegExp(`(${longestFirst.map(escape).join("|")})`));
}

/** @throws when a special is no text, empty or there twice */
export function expectSpecials(fn: string, specials: readonly string[]): void {
  specials.forEach((special, i) => {
    if (typeof special !== "string" || special === "") {
      throw new Error(
        `${fn}: expected specials to be texts that are not empty, got ` +
          `${JSON.stringify(special)} at position ${i}`,
      );
    }
    if (specials.indexOf(special) !== i) {
      throw new Error(`${fn}: expected specials that differ, got ${JSON.stringify(special)} twice`);
    }
  });
}
