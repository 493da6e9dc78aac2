/**
 * Letters that have one color all through the course. notation.json beside the lessons names them;
 * in formulas, `\q` is the letter q in its color and `\Q` its capital. Notebooks and slides get the
 * color itself, which every renderer of formulas knows.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Colors by letter. */
export type Notation = Record<string, string>;

/** @param lessons the folder of the lessons' folders; without a notation.json, no letter has one */
export function readNotation(lessons: string): Notation {
  const file = join(lessons, "notation.json");
  if (!existsSync(file)) return {};
  const notation = JSON.parse(readFileSync(file, "utf8")) as Notation;
  for (const [letter, color] of Object.entries(notation)) {
    if (/^[a-z]$/.test(letter) && /^#[0-9a-f]{6}$/.test(color)) continue;
    throw new Error(`${file}: expected a small letter and a color such as #0b8a62, got ${letter}`);
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
