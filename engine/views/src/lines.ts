/** Texts in lines. */

/** Breaks words into lines of at most so many letters; a longer word has its own line. */
export function linesOf(words: string[], letters: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const longer = `${lines.at(-1) ?? ""} ${word}`;
    if (lines.length > 0 && longer.length <= letters) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
