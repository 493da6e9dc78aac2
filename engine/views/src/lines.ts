/** Texts in lines. */

/** A last line with fewer letters takes words of the line before along, so that no sign is alone. */
const MIN_LAST_LETTERS = 4;

/** Breaks words into lines of at most so many letters; a longer word has its own line. */
export function linesOf(words: string[], letters: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const longer = `${lines.at(-1) ?? ""} ${word}`;
    if (lines.length > 0 && longer.length <= letters) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return withLongerEnd(lines, letters);
}

function withLongerEnd(lines: string[], letters: number): string[] {
  if (lines.length < 2) return lines;
  const [before, last] = lines.slice(-2) as [string, string];
  const at = before.lastIndexOf(" ");
  const longer = `${before.slice(at + 1)} ${last}`;
  if (at < 0 || last.length >= MIN_LAST_LETTERS || longer.length > letters) return lines;
  return withLongerEnd([...lines.slice(0, -2), before.slice(0, at), longer], letters);
}
