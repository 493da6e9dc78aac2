/**
 * Letters that have one color all through the course. notation.json beside the lessons names them;
 * in formulas, `\q` is the letter q in its color and `\Q` its capital. Notebooks and slides get the
 * color itself, which every renderer of formulas knows.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Colors by letter. */
export type Notation = Record<string, string>;

/** What the web's guidelines for accessibility ask of text. */
const LEAST_CONTRAST = 4.5;

/** The contrast of a color with white, from 1 to 21, by their formula. */
function onWhite(color: string): number {
  const channels = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255);
  const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const [red, green, blue] = channels.map(linear) as [number, number, number];
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

/** @param lessons the folder of the lessons' folders; without a notation.json, no letter has one */
export function readNotation(lessons: string): Notation {
  const file = join(lessons, "notation.json");
  if (!existsSync(file)) return {};
  const notation = JSON.parse(readFileSync(file, "utf8")) as Notation;
  for (const [letter, color] of Object.entries(notation)) {
    if (!/^[a-z]$/.test(letter) || !/^#[0-9a-f]{6}$/.test(color)) {
      throw new Error(
        `${file}: expected a small letter and a color such as #08734f, got ${letter}`,
      );
    }
    if (onWhite(color) >= LEAST_CONTRAST) continue;
    throw new Error(
      `${file}: ${color} of ${letter} is too light to read on white: choose a darker one`,
    );
  }
  return notation;
}

/** The lines of a lesson with the letters' colors written out; code is left as it is. */
export function withColors(lines: string[], notation: Notation): string[] {
  const letters = Object.keys(notation).join("");
  if (letters === "") return lines;
  const command = new RegExp(`\\\\([${letters}${letters.toUpperCase()}])(?![a-zA-Z])`, "g");
  let fence = "";
  return lines.map((line) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && fence === "") fence = mark;
    else if (mark && mark.startsWith(fence)) fence = "";
    if (fence !== "") return line;
    return line.replace(command, (_, letter: string) => {
      return `{\\textcolor{${notation[letter.toLowerCase()]}}{${letter}}}`;
    });
  });
}
