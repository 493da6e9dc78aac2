/** hand-ins/<lesson>/unmatched.csv lists files that match no student. A person writes the student into
 * the last column, and the next collect takes the file. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolders, writeDurably } from "grader/files";
import type { Class } from "../class.js";
import { readTable, writeTable } from "../csv.js";
import type { SkippedFile } from "./layouts.js";
import { wholeMatcher, type Match } from "../roster/match.js";
import { ClassError } from "../settings.js";
import type { Student } from "../types.js";

const HEADER = ["Place", "Problem", "Student"];

export const unmatchedFile = ({ folder }: Pick<Class, "folder">, lesson: string) =>
  join(folder, "hand-ins", lesson, "unmatched.csv");

/** The rows in which a person has named a student. */
function answered(file: string): { line: number; cells: string[] }[] {
  if (!existsSync(file)) return [];
  return readTable(readFileSync(file), file).rows.filter(({ cells }) => cells[2]);
}

/** A cell names one student, or the members of a team with ";" or "," between them. */
function studentsIn(cell: string, match: (text: string) => Match): Match[] {
  const whole = match(cell);
  if ("student" in whole || !/[;,]/.test(cell)) return [whole];
  return cell
    .split(/[;,]/)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(match);
}

/**
 * Path → the students whom a person has named there by number, email, login or name.
 * @throws ClassError where the roster has no such student
 */
export function readUnmatched(
  classroom: Pick<Class, "folder">,
  lesson: string,
  students: Student[],
): Map<string, Student[]> {
  const file = unmatchedFile(classroom, lesson);
  const match = wholeMatcher(students);
  const answers = new Map<string, Student[]>();
  for (const { line, cells } of answered(file)) {
    const named = studentsIn(cells[2]!, match).map((found) => {
      if ("student" in found) return found.student;
      throw new ClassError(
        `${file}, line ${line}, column Student: ${found.reason}; write one student, or several ` +
          "with ; between them",
      );
    });
    answers.set(cells[0]!, [...new Set(named)]);
  }
  return answers;
}

/** Keeps what was answered, and lists what is open now. */
export async function writeUnmatched(
  classroom: Pick<Class, "folder">,
  lesson: string,
  unmatched: SkippedFile[],
): Promise<void> {
  const file = unmatchedFile(classroom, lesson);
  const kept = answered(file).map(({ cells }) => cells.slice(0, 3));
  if (unmatched.length === 0 && kept.length === 0 && !existsSync(file)) return;
  const open = unmatched.map(({ path, reason }) => [path, reason, ""]);
  makeFolders(join(file, ".."));
  await writeDurably(file, writeTable([HEADER, ...kept, ...open]));
}
