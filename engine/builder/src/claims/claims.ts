/** `course claims`: each claim of a lesson, and what backs it. */
import { chooseLessons, tryLessons } from "../lesson/lessons.js";
import { plural } from "../plural.js";
import { claimsOf, readClaimSettings, type Backing, type LessonClaims } from "./backing.js";

const BACKINGS: Backing[] = ["inline result", "claim cell", "source", "nothing"];

/**
 * Prints each claim that nothing backs, and with `all` each of them.
 * @returns the exit code: 1 when a lesson that isn't open has a claim without backing
 */
export function claimsCommand(
  root: string,
  words: string[],
  { all = false }: { all?: boolean } = {},
): number {
  const settings = readClaimSettings(root);
  const { lessons, errors } = tryLessons(root, chooseLessons(root, words));
  errors.forEach((e) => console.error(e.message));
  let failed = errors.length > 0;
  for (const lesson of lessons) {
    const claims = claimsOf(root, lesson, settings);
    const isOpen = settings.open.includes(lesson.id);
    const shown = all || words.length > 0 || !isOpen;
    if (shown) linesOf(claims, all).forEach((line) => console.log(line));
    console.log(summary(claims, isOpen));
    const unbacked = claims.sentences.some(({ backing }) => backing === "nothing");
    if (!isOpen && (unbacked || claims.problems.length > 0)) failed = true;
  }
  return failed ? 1 : 0;
}

function linesOf({ lesson, sentences, problems }: LessonClaims, all: boolean): string[] {
  const listed = sentences.filter(({ backing }) => all || backing === "nothing");
  const lines = listed.map(({ line, text, backing, unbackedNumbers }) => {
    const lacking = unbackedNumbers.length > 0 ? ` (${unbackedNumbers.join(", ")})` : "";
    const how = all || lacking !== "" ? `${backing}${lacking}: ` : "";
    return `lessons-src/${lesson}/lesson.md:${line}: ${how}${text}`;
  });
  return [...lines, ...problems];
}

function summary({ lesson, sentences }: LessonClaims, isOpen: boolean): string {
  const counts = BACKINGS.map((backing) => {
    const count = sentences.filter((sentence) => sentence.backing === backing).length;
    return `${count} ${backing === "nothing" ? "backed by nothing" : backing}`;
  });
  const open = isOpen ? "; open: lessons-src/claims.json lists it" : "";
  return `${lesson}: ${plural(sentences.length, "claim")}: ${counts.join(", ")}${open}`;
}
