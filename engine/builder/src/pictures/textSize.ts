/** About how much room a line of text takes, for a page that draws nothing. */

/** Widths of letters in Inter, in parts of the size of the type. */
const WIDTHS: [letters: RegExp, width: number][] = [
  [/[iljI.,:;'|! ]/, 0.28],
  [/[frt()[\]{}/\\\-"·]/, 0.38],
  [/[MmWw@%—→]/, 0.88],
  [/[A-Z0-9=+<>_~#&−]/, 0.66],
];
const ORDINARY = 0.58;

/** The width of a letter; one that needs more than two bytes is about square. */
function widthOf(letter: string): number {
  const known = WIDTHS.find(([letters]) => letters.test(letter));
  if (known) return known[1];
  return letter > "\u2fff" ? 1 : ORDINARY;
}

/** @param size of the type, in pixels */
export const textWidth = (line: string, size: number): number =>
  size * [...line].reduce((sum, letter) => sum + widthOf(letter), 0);
