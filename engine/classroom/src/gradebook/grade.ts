/**
 * course class grade: what counts and has no grade goes through the grader's batch, whose store
 * keeps each result on disk before the gradebook does. Ended at any moment, the next run takes what
 * the store has and goes on, and a grade is added once.
 */
import { readManifest } from "grader/files";
import {
  bounded,
  drawSeed,
  type GradeOptions,
  gradeTasks,
  isGraded,
  openStore,
  type Result,
  versions,
} from "grader/batch";
import { writeSubmission } from "grader/reports";
import { type Class, reportsFolder, storedFile, storedName } from "../class.js";
import type { Lesson } from "../lessons.js";
import { readGrades } from "../sql/read.js";
import { gradebook } from "./rows.js";
import type { Grade, HandIn, Row } from "../types.js";
import { addGrade } from "../sql/write.js";

export type GradeTasks = typeof gradeTasks;
export type Task = Parameters<GradeTasks>[1][number];

export interface GradeClassOptions extends Omit<GradeOptions, "lesson"> {
  /** What grades: this process, or a queue's workers. */
  grade?: GradeTasks;
}

/** The seed of the lesson's grades, so that everybody gets the same inputs. */
export async function seedOf({ sql }: Class, lesson: string): Promise<number | undefined> {
  const rows = await sql.all("SELECT seed FROM grades WHERE lesson = ? ORDER BY seq DESC LIMIT 1", [
    lesson,
  ]);
  return rows[0] && Number(rows[0].seed);
}

/** Version of a lesson's specs now, by the lesson's id. */
function versionsNow(root: string) {
  const { lessons, version } = readManifest(root);
  const versionOf = versions(root, version);
  return (id: string) => {
    const entry = lessons.find((l) => l.id === id);
    return entry && versionOf(entry);
  };
}

export interface Batch {
  classroom: Class;
  lesson: Lesson;
  handIns: HandIn[];
  /** Where results and reports go. */
  out: string;
  options: GradeClassOptions;
  /** Fails where something would have to be graded first. */
  finishedOnly?: boolean;
}

/** Called once for each hand-in, also for those whose results were there already. */
export type OnResult = (handIn: HandIn, result: Result) => Promise<void> | void;

/** @returns how many were graded now; the others' results were there */
export async function runBatch(batch: Batch, onResult: OnResult): Promise<number> {
  const { classroom, lesson, handIns, out, options } = batch;
  const store = await openStore(out, classroom.course, writeSubmission);
  try {
    const byFile = new Map(handIns.map((h) => [`${storedName(h)}.ipynb`, h]));
    const inputs = [...byFile].map(([file, h]) => ({ file, path: storedFile(classroom, h) }));
    const seed = (await seedOf(classroom, lesson.id)) ?? options.seed ?? store.seed ?? drawSeed();
    const plan = store.plan(inputs, seed, versionsNow(classroom.root));
    if (batch.finishedOnly && plan.tasks.length > 0) return plan.tasks.length;
    const finished = plan.finished.length > 0 ? store.results(new Set(plan.finished)) : [];
    for (const result of finished) {
      const handIn = byFile.get(result.file);
      if (handIn) await onResult(handIn, result);
    }
    if (batch.finishedOnly) return 0;
    await store.begin(seed);
    const grade = options.grade ?? gradeTasks;
    const all = { ...options, lesson: lesson.id };
    await grade(classroom.root, plan.tasks, seed, all, async (result, task) => {
      await store.keep(result, task);
      await onResult(byFile.get(task.file)!, bounded(result));
    });
    return plan.tasks.length;
  } finally {
    store.close();
  }
}

/** Whether nothing of it is left to grade; what this machine couldn't grade is tried again. */
export const isFinished = (grade: Grade | undefined) =>
  grade !== undefined && isGraded(grade.result) && !grade.result.exercises.some((e) => e.notGraded);

export interface GradedLesson {
  lesson: Lesson;
  /** How many got a grade now. */
  graded: number;
  /** Hand-ins that could not be graded, and why. */
  notGraded: { handIn: HandIn; reason: string }[];
}

/** All notebooks of the hand-in that counts: which of them counts is known once they are graded. */
export const candidates = ({ handIn, grade, others }: Row) =>
  handIn ? [{ handIn, grade }, ...others] : [];

/** Grades what counts and has no finished grade. @throws the signal's reason when interrupted */
export async function gradeLesson(
  classroom: Class,
  lesson: Lesson,
  options: GradeClassOptions = {},
): Promise<GradedLesson> {
  const rows = await gradebook(classroom, lesson);
  const open = rows.flatMap(candidates).filter(({ grade }) => !isFinished(grade));
  const graded: GradedLesson = { lesson, graded: 0, notGraded: [] };
  if (open.length === 0) return graded;
  const holds = new Map((await readGrades(classroom.sql, lesson.id)).map((g) => [g.handIn, g]));
  const handIns = open.map(({ handIn }) => handIn);
  const out = reportsFolder(classroom, lesson.id);
  await runBatch({ classroom, lesson, handIns, out, options }, async (handIn, result) => {
    await addGrade(classroom.sql, handIn, holds.get(handIn.id), result);
    if (isGraded(result)) graded.graded++;
    else graded.notGraded.push({ handIn, reason: result.reason });
  });
  return graded;
}
