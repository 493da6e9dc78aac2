/**
 * course class regrade: grades everybody again after a correction, into a folder of its own, and
 * says who changes by how much. Only accepting it changes the gradebook.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { isGraded, type Result } from "grader/batch";
import type { Class } from "../class.js";
import { candidates, isFinished, runBatch, type GradeClassOptions } from "./grade.js";
import type { Lesson } from "../lessons.js";
import { readStored, rowsOf, type StoredLesson } from "./rows.js";
import { ClassError } from "../settings.js";
import type { Grade, HandIn, Row, Student } from "../types.js";
import { addGrade, idOf } from "../sql/write.js";

export interface Change {
  student: Student;
  /** Points that count, as the gradebook has them and as they would be. */
  pointsBefore?: number;
  pointsAfter?: number;
  /** Exercises that earn something else. */
  exercises: { name: string; before: number; after: number }[];
}

export interface Regrade {
  lesson: Lesson;
  /** Hand-ins that were compared. */
  compared: number;
  /** Students whose points change, those who lose most first. */
  changes: Change[];
  /** Hash of the changes, so that nobody accepts what they haven't seen. */
  digest: string;
}

const folderOf = ({ folder }: Class, lesson: string) => join(folder, "regrade", lesson);

const earnedBy = (result: Result | undefined) =>
  new Map(
    result && isGraded(result) ? result.exercises.map((e) => [e.name, e.points] as const) : [],
  );

function changeOf(before: Row, after: Row): Change {
  const [old, fresh] = [earnedBy(before.grade?.result), earnedBy(after.grade?.result)];
  const exercises = [...new Set([...old.keys(), ...fresh.keys()])]
    .map((name) => ({ name, before: old.get(name) ?? 0, after: fresh.get(name) ?? 0 }))
    .filter((e) => e.before !== e.after);
  return {
    student: after.student,
    pointsBefore: before.points,
    pointsAfter: after.points,
    exercises,
  };
}

const difference = ({ pointsBefore = 0, pointsAfter = 0 }: Change) => pointsAfter - pointsBefore;

/** The gradebook as it is and as it would be, compared. */
function compare(
  stored: StoredLesson,
  results: Map<string, Result>,
  lesson: Lesson,
  classroom: Class,
) {
  const grades = stored.grades.map((grade): Grade => {
    const result = results.get(grade.handIn);
    return result ? { ...grade, result } : grade;
  });
  const before = rowsOf(stored, lesson, classroom.settings);
  const after = rowsOf({ ...stored, grades }, lesson, classroom.settings);
  const changes = before.map((row, i) => changeOf(row, after[i]!));
  return changes
    .filter((c) => c.pointsBefore !== c.pointsAfter || c.exercises.length > 0)
    .sort((a, b) => difference(a) - difference(b));
}

interface Regraded {
  stored: StoredLesson;
  handIns: HandIn[];
  /** By hand-in. */
  results: Map<string, Result>;
}

async function gradeAgain(
  classroom: Class,
  lesson: Lesson,
  options: GradeClassOptions,
  finishedOnly: boolean,
): Promise<Regraded> {
  const stored = await readStored(classroom, lesson.id);
  const graded = rowsOf(stored, lesson, classroom.settings)
    .flatMap(candidates)
    .filter(({ grade }) => isFinished(grade));
  const handIns = graded.map(({ handIn }) => handIn);
  const results = new Map<string, Result>();
  if (handIns.length === 0) throw new ClassError(`${lesson.id} has no grades to compare with`);
  const batch = {
    classroom,
    lesson,
    handIns,
    out: folderOf(classroom, lesson.id),
    options,
    finishedOnly,
  };
  await runBatch(batch, ({ id }, result) => {
    results.set(id, result);
  });
  return { stored, handIns, results };
}

function regradeOf(classroom: Class, lesson: Lesson, { stored, results }: Regraded): Regrade {
  const changes = compare(stored, results, lesson, classroom);
  const shownChanges = changes.map((c) => [
    c.student.id,
    c.pointsBefore,
    c.pointsAfter,
    c.exercises,
  ]);
  const digest = idOf(lesson.id, results.size, JSON.stringify(shownChanges));
  return { lesson, compared: results.size, changes, digest };
}

/** Grades again with the class's seed and the specs of now; the gradebook stays as it is. */
export async function regrade(
  classroom: Class,
  lesson: Lesson,
  options: GradeClassOptions = {},
): Promise<Regrade> {
  return regradeOf(classroom, lesson, await gradeAgain(classroom, lesson, options, false));
}

/** What regrade has found; undefined before it has run, and once the course has changed since. */
export async function preview(classroom: Class, lesson: Lesson): Promise<Regrade | undefined> {
  if (!existsSync(folderOf(classroom, lesson.id))) return undefined;
  const found = await gradeAgain(classroom, lesson, {}, true);
  return found.results.size === 0 ? undefined : regradeOf(classroom, lesson, found);
}

/**
 * Adds what regrade has found to the gradebook.
 * @param digest of what whoever accepts has seen, where it is known
 * @throws ClassError where nothing has been shown yet, or something else
 */
export async function acceptRegrade(
  classroom: Class,
  lesson: Lesson,
  { by, digest }: { by: string; digest?: string },
): Promise<Regrade> {
  const found = await gradeAgain(classroom, lesson, {}, true);
  if (found.results.size === 0) {
    throw new ClassError(
      `nothing is compared yet, or the course has changed since: run class regrade --lesson ` +
        `${lesson.id} without --accept and look at it first`,
    );
  }
  const shown = regradeOf(classroom, lesson, found);
  if (digest !== undefined && digest !== shown.digest) {
    throw new ClassError("The gradebook or the comparison has changed since: look at it again.");
  }
  await acceptAll(classroom, found, by);
  return shown;
}

async function acceptAll(classroom: Class, { stored, handIns, results }: Regraded, by: string) {
  const holds = new Map(stored.grades.map((g) => [g.handIn, g]));
  await classroom.sql.transaction(async (tx) => {
    for (const handIn of handIns) {
      const result = results.get(handIn.id);
      if (result) await addGrade(tx, handIn, holds.get(handIn.id), result, by);
    }
  });
}
